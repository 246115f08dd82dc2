//! Mailboxes (mbox): letters one behind the other.

use std::io::BufReader;

use mail_parser::mailbox::mbox::MessageIterator;

use super::email;
use super::limits::Budget;
use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// Every letter of a mailbox, named by its number.
pub(super) fn messages(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let most = walk.options.limits.document();
    let budget = Budget::new(most);
    let reader = BufReader::new(budget.reader(source, walk.options.limits.too_large()));
    for (number, letter) in (1_u64..).zip(MessageIterator::new(reader)) {
        budget.set(most);
        let bytes = letter.map_err(|error| Wrong::from(error).at(format!("letter {number}")))?;
        walk.count_entry()?;
        let here = Place { name: format!("{}#{number}", place.name), ..place.clone() };
        let flow = match email::letter(walk, &here, bytes.unwrap_contents()) {
            Ok(flow) => flow,
            Err(wrong) => walk.problem(&here, wrong),
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(Flow::Continue(()))
}
