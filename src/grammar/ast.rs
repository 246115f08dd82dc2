//! A pattern file as it is written: every piece is a slice of the file, so that its place is never lost.

/// One `pattern` with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// Unique in its file.
    pub name: &'a str,
    /// The `why` lines.
    pub why: Vec<&'a str>,
    /// The `sure` lines.
    pub sure: Vec<&'a str>,
    /// The `form` lines, each an alternative.
    pub forms: Vec<Form<'a>>,
    /// The `yes` lines.
    pub yes: Vec<Example<'a>>,
    /// The `no` lines.
    pub no: Vec<Example<'a>>,
}

/// One `form` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form<'a> {
    /// The line behind `form`.
    pub text: &'a str,
    /// What must follow one another.
    pub elements: Vec<Element<'a>>,
}

/// One step of a form, such as `content=QUOTE` or `,?`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The whole element, for its place.
    pub text: &'a str,
    /// `content` in `content=QUOTE`.
    pub role: Option<&'a str>,
    /// What must stand here.
    pub what: What<'a>,
    /// A `?` follows it.
    pub optional: bool,
}

/// What can stand at one place of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// `according`
    Word(&'a str),
    /// `@outlets`, without its sign
    List(&'a str),
    /// `,` `:` `;` `-` `.` `>` `¶`
    Mark(&'a str),
    /// `SAYS[tell ~ask]`
    Item {
        /// `SAYS`
        name: &'a str,
        /// What stands in its brackets.
        tests: Vec<Test<'a>>,
    },
    /// `..3`
    Gap(&'a str),
    /// `( a | b )`
    Choice(Vec<Vec<Element<'a>>>),
}

/// One condition in the brackets of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test<'a> {
    /// `tell`: the lemma
    Lemma(&'a str),
    /// `~ask`: the stance
    Stance(&'a str),
    /// `+object`: another column of the verb list
    Column(&'a str),
    /// `@outlets`: a word list that the head or the name stands in
    List(&'a str),
}

/// One `yes` or `no` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example<'a> {
    /// The line behind `yes` or `no`.
    pub text: &'a str,
    /// Marked and unmarked pieces in their order.
    pub pieces: Vec<Piece<'a>>,
}

/// A stretch of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// `source` in `{source Maria Lopez}`, both names in `{addressee+via the Herald}`.
    pub roles: Vec<&'a str>,
    /// The words without the braces.
    pub words: &'a str,
}
