//! What can be typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, Parser, Subcommand, ValueHint};
use onrecord::export::{FORMATS, Format};
use onrecord::input::{self, Limits};
use onrecord::record::Selection;

use crate::shard::Shard;

/// Reads news and says who said what.
///
/// Every record names the speaker, the words, the cue and the context, and the rule that decided. Where nobody is
/// stated to have said something, the speaker stays empty and the record says why.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, arg_required_else_help = true, after_help = EXIT_STATUS)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  All is done.
  1  Some of it could not be read, written or passed a check; each is named on standard error.
  2  Wrong usage, or a grammar with mistakes; nothing was done.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes down who said what in the texts given.
    Extract(ExtractArgs),
    /// Shows for each record of a text why it says what it says.
    Explain(ExplainArgs),
    /// Looks into a database for who said what about something.
    #[cfg(feature = "sqlite")]
    Search(SearchArgs),
    /// Works on the grammar: the patterns and word lists that decide.
    #[command(arg_required_else_help = true)]
    Grammar {
        #[command(subcommand)]
        command: GrammarCommand,
    },
    /// Prints the JSON Schema of one record.
    Schema,
    /// Prints a script that completes onrecord's options in a shell.
    #[command(
        after_help = "Example:\n  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord"
    )]
    Completions {
        /// The shell that will read the script.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, or writes the pages of all commands into a folder.
    #[command(after_help = "Example:\n  onrecord man | man -l -")]
    Man {
        /// The folder for the pages; without it the main page is printed.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXTRACT_EXAMPLES)]
pub struct ExtractArgs {
    /// What to read: files (texts, web pages, documents, letters, subtitles, data sets, archives of all these), folders
    /// (their files of known endings, as those of archives, at any depth, in the order of their paths), or `-` for standard
    /// input, which is also read where no path is given. Of a folder of articles those data sets are passed over that have no
    /// texts or that have the name of an article beside them.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// The form of the output; without this option that of the ending of --output, or csv.
    #[arg(long, short, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<&'static Format>,
    /// Writes into this file instead of to standard output. The file is replaced when all is written; until then rows
    /// and lines are in FILE.partial. A database is added to.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub wanted: Wanted,
    /// Leaves CSV cells as they are that a spreadsheet would run as formulas. Without this option a cell that begins
    /// with =, +, -, @ or a tab gets one ' before it.
    #[arg(long)]
    pub csv_raw: bool,
    /// Begins CSV with a byte order mark and ends its lines with CR LF, as Excel likes it.
    #[arg(long)]
    pub excel: bool,
    /// Colours for --format table: `auto` where it goes to a terminal and NO_COLOR is not set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Goes on with an output that a crash, a full disk or Ctrl-C cut off: not for workbooks and reports, which are whole
    /// only at their end. The command must be the same but for --jobs; what comes out is the same to the byte as without
    /// a break.
    #[arg(long, requires = "output")]
    pub resume: bool,
    /// Takes only this part of the documents, as 1/4 for the first of four. Which documents are in it depends on their
    /// names alone.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Writes each text into this folder as the offsets count it, under its name and the beginning of its
    /// `document_sha256`.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub save_text: Option<PathBuf>,
    /// Writes what could not be read into this file too, as JSON Lines.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub errors: Option<PathBuf>,
    /// How many documents are read at a time; without it as many as the machine has processors. The output is the same
    /// whatever the number.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Reads patterns and word lists of your own from this folder, on top of the English ones.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// Shows no progress bar and no notes. What could not be read is named all the same.
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub input: InputArgs,
    /// A document that takes longer is left out and named, as is an archive in which for so long none comes up.
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds, help_heading = LIMITS)]
    pub max_time: Duration,
}

const INPUTS: &str = "Inputs";
const LIMITS: &str = "Limits of what an input may ask for";

/// How inputs are read.
#[derive(Clone, Debug, clap::Args)]
pub struct InputArgs {
    /// The format of the inputs, or of what lies in them if they are archives; without it content and name tell.
    #[arg(long, value_name = "FORMAT", value_parser = input_formats(), help_heading = INPUTS)]
    pub input_format: Option<input::Format>,
    /// What is read of a web page: its article, or the whole page with its menus.
    #[arg(long, value_name = "PART", default_value = "article", help_heading = INPUTS)]
    pub html: Html,
    /// The column of a data set with the texts; without it one of the usual names.
    #[arg(long, value_name = "COLUMN", help_heading = INPUTS)]
    pub text_column: Option<String>,
    /// The column of a data set that names its rows; without it one of the usual names, or their number.
    #[arg(long, value_name = "COLUMN", help_heading = INPUTS)]
    pub id_column: Option<String>,
    /// Columns of a data set that are carried into the output, with commas between them.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', help_heading = INPUTS)]
    pub keep: Vec<String>,
    /// The largest document, before and after its text is taken out.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = LIMITS)]
    pub max_document: u64,
    /// What the compressed files and archives of one input may unfold to.
    #[arg(long, value_name = "SIZE", default_value = "64G", value_parser = size, help_heading = LIMITS)]
    pub max_unfolded: u64,
    /// Entries of the archives of one input.
    #[arg(long, value_name = "N", default_value_t = Limits::default().entries, help_heading = LIMITS)]
    pub max_entries: u64,
    /// Archives within archives.
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth, help_heading = LIMITS)]
    pub max_depth: u32,
}

/// What is read of a web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Html {
    /// The article, without menus and other pages' headlines.
    Article,
    /// All that the page shows, for pages that are no articles.
    Whole,
}

impl InputArgs {
    pub fn options(&self) -> input::Options {
        input::Options {
            format: self.input_format,
            whole_pages: self.html == Html::Whole,
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            keep: self.keep.clone(),
            beside_articles: false,
            limits: Limits {
                document: self.max_document,
                unfolded: self.max_unfolded,
                entries: self.max_entries,
                depth: self.max_depth,
                ..Limits::default()
            },
        }
    }
}

fn input_formats() -> impl TypedValueParser<Value = input::Format> {
    let value = |format: input::Format| {
        let needs = format.feature().filter(|_| !format.is_built_in());
        let about = match needs {
            Some(feature) => {
                format!("{} (this build cannot; it needs the feature {feature})", format.about())
            }
            None => format.about().to_owned(),
        };
        PossibleValue::new(format.name()).help(about)
    };
    PossibleValuesParser::new(input::Format::all().map(value))
        .try_map(|name| input::Format::named(&name).ok_or("no such format"))
}

/// `500K`, `64M`, `2G`, or a number of bytes.
fn size(text: &str) -> Result<u64, &'static str> {
    const EXPECTED: &str = "a size is a number of bytes, or one with K, M or G behind it, as 64M";
    let (digits, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1 << 10),
        Some((at, 'm' | 'M')) => (&text[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    digits.parse::<u64>().ok().and_then(|number| number.checked_mul(factor)).ok_or(EXPECTED)
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    text.parse()
        .ok()
        .filter(|&seconds| seconds > 0)
        .map(Duration::from_secs)
        .ok_or("whole seconds, at least 1")
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  onrecord extract article.txt
      prints a table with one row for each thing that somebody said.
  onrecord extract --format jsonl news/ > records.jsonl
      reads every text, page, document and data set in the folder.
  onrecord extract --output quotes.xlsx news/
      writes a workbook for Excel or LibreOffice.
  onrecord extract --output quotes.db news/
      adds to a database, for `onrecord search` and for Datasette.
  onrecord extract --keep outlet,date --output quotes.csv articles.csv
      reads a table with an article a row, and carries two of its columns along.
  onrecord extract --resume --output quotes.csv archive/
      goes on where the same command was cut off.
  curl -s https://example.org/story.txt | onrecord extract --format script
      reads standard input and prints two lines a record.";

/// Which records come out.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Wanted {
    /// Adds marked words that nobody is stated to have said: titles, nicknames, words as words.
    #[arg(long)]
    pub terms: bool,
    /// Adds what people want, think, fear or do where they are not quoted.
    #[arg(long)]
    pub attitudes: bool,
}

impl From<Wanted> for Selection {
    fn from(wanted: Wanted) -> Self {
        Self { terms: wanted.terms, attitudes: wanted.attitudes }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArgs {
    /// What to read, or `-` for standard input.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub path: PathBuf,
    #[command(flatten)]
    pub input: InputArgs,
    /// Explains only the records whose id begins like this.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Reads patterns and word lists of your own from this folder, on top of the English ones.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  onrecord explain article.txt
      shows rule, roles and losing rivals of every record, terms and attitudes among them.
  onrecord explain article.txt --id q1f8a
      shows one of them.";

#[cfg(feature = "sqlite")]
#[derive(Debug, clap::Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct SearchArgs {
    /// A database that `onrecord extract --output quotes.db` wrote.
    #[arg(value_name = "DATABASE", value_hint = ValueHint::FilePath)]
    pub database: PathBuf,
    /// All of these must occur in what was said or in its sentence. Forms of a word count as the word, `*` behind it
    /// stands for any ending, and words in one pair of marks stand together.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// Only what this speaker said; a part of the name is enough.
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only texts of this date or later, 2024-05-01, 2024-05 or 2024; texts without a date are left out.
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Prints no more records than this.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Colours: `auto` on a terminal where NO_COLOR is not set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

#[cfg(feature = "sqlite")]
const SEARCH_EXAMPLES: &str = "\
Examples:
  onrecord search quotes.db pier --speaker lopez
      prints what Lopez said about the pier, two lines a record.
  onrecord search quotes.db 'ferry pier' rot* --since 2024-05
      prints who spoke of rot, rotten or rotting and of the ferry pier since May 2024.";

#[derive(Debug, Subcommand)]
pub enum GrammarCommand {
    /// Runs every example of every pattern, and names those that come out otherwise.
    #[command(
        after_help = "Example:\n  onrecord grammar check newsroom/\n      checks the English grammar with the folder's files on top."
    )]
    Check {
        /// A folder of your own patterns and word lists; without it the English grammar is checked.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

/// The formats that the library has, each with its sentence.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).try_map(|name| Format::named(&name).ok_or("no such format"))
}

#[cfg(test)]
mod tests {
    use super::{Args, size};
    use clap::CommandFactory;

    #[test]
    fn options_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(["7", "2k", "64M", "1G"].map(size), [Ok(7), Ok(2048), Ok(64 << 20), Ok(1 << 30)]);
        assert!(["", "M", "1T", "-1", "99999999999G"].into_iter().all(|text| size(text).is_err()));
    }
}
