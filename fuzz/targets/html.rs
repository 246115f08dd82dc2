//! A web page, of which the article and then all is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::input::{Format, Options};
use onrecord_fuzz::{hold_all, options, watch};

fuzz_target!(init: watch(), |bytes: &[u8]| {
    for whole_pages in [false, true] {
        hold_all("a.html", bytes, &Options { format: Some(Format::Html), whole_pages, ..options() });
    }
});
