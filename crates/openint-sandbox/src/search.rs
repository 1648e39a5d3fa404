//! `search_query`, as PostgreSQL's `ILIKE '%…%'` searches.

use regex_lite::Regex;

/// What is searched for: any number of characters for `%`, any one for `_`, a character itself
/// after `\`.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    text: String,
    pattern: Regex,
}

impl PartialEq for Search {
    fn eq(&self, other: &Search) -> bool {
        self.text == other.text
    }
}

impl Search {
    /// `None` where there is nothing to search for, or it is too long to search with.
    pub(crate) fn new(query: &str) -> Option<Search> {
        let text = query.trim().to_lowercase();
        if text.is_empty() {
            return None;
        }
        let mut pattern = String::from("(?s)^.*");
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match character {
                '%' => pattern.push_str(".*"),
                '_' => pattern.push('.'),
                // At the end it takes the `%` that follows the query for a character.
                '\\' => match characters.next() {
                    Some(escaped) => {
                        pattern.push_str(&regex_lite::escape(escaped.encode_utf8(&mut [0; 4])))
                    }
                    None => {
                        pattern.push_str("%$");
                        let pattern = Regex::new(&pattern).ok()?;
                        return Some(Search { text, pattern });
                    }
                },
                other => pattern.push_str(&regex_lite::escape(other.encode_utf8(&mut [0; 4]))),
            }
        }
        let pattern = Regex::new(&pattern).ok()?;
        Some(Search { text, pattern })
    }

    /// Whether it is in one of the texts, whatever the case.
    pub(crate) fn finds(&self, texts: &[&str]) -> bool {
        texts
            .iter()
            .any(|text| self.pattern.is_match(&text.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_those_of_like() {
        for (query, text, found) in [
            ("cus", "my_CUS_1", true),
            (" CUS ", "cus_1", true),
            ("a b", "xa by", true),
            ("c_s", "cus", true),
            ("c_s", "cs", false),
            ("c%1", "cus_1", true),
            ("c%2", "cus_1", false),
            ("%", "", true),
            ("_", "", false),
            (r"c\_s", "cus", false),
            (r"c\_s", "c_s", true),
            (r"100\%", "100% sure", true),
            (r"a\", "a%", true),
            (r"a\", "a% ", false),
            (".*", "abc", false),
            ("[a", "x[A", true),
            ("É", "é", true),
            ("a_b", "a\nb", true),
        ] {
            let search = Search::new(query).unwrap();
            assert_eq!(search.finds(&[text]), found, "{query:?} in {text:?}");
            assert_eq!(
                search.finds(&["", "z\u{1}", text]),
                found || query == "%" || query == "_"
            );
        }
        assert_eq!(Search::new(" \t"), None);
        assert_eq!(Search::new("a"), Search::new(" A "));
    }
}
