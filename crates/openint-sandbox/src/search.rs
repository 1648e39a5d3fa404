//! `search_query`, as PostgreSQL's `ILIKE '%…%'` searches.

/// A pattern: any number of characters for `%`, any one for `_`, a character itself after `\`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Search {
    text: String,
    /// The parts, if the text has wildcards or escapes.
    pattern: Option<Vec<Part>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Any,
    One,
    This(char),
}

impl Search {
    /// `None` where there is nothing to search for.
    pub(crate) fn new(query: &str) -> Option<Search> {
        let text = query.trim().to_lowercase();
        if text.is_empty() {
            return None;
        }
        let pattern = text.contains(['%', '_', '\\']).then(|| pattern(&text));
        Some(Search { text, pattern })
    }

    /// Returns true if it is in one of the texts, in any case.
    pub(crate) fn finds(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| {
            let text = text.to_lowercase();
            match &self.pattern {
                None => text.contains(&self.text),
                Some(pattern) => is_like(&text, pattern),
            }
        })
    }
}

fn pattern(query: &str) -> Vec<Part> {
    let query = format!("%{query}%");
    let mut characters = query.chars();
    let mut pattern = Vec::new();
    while let Some(character) = characters.next() {
        pattern.push(match character {
            '%' => Part::Any,
            '_' => Part::One,
            // At the end of a query this takes the `%` behind it for a character.
            '\\' => match characters.next() {
                Some(escaped) => Part::This(escaped),
                None => break,
            },
            other => Part::This(other),
        });
    }
    pattern
}

fn is_like(text: &str, pattern: &[Part]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut part) = (0, 0);
    // The last `Any`, and where the text goes on behind what it stands for so far.
    let mut last = None;
    while at < text.len() {
        match pattern.get(part) {
            Some(Part::Any) => {
                part += 1;
                last = Some((part, at));
            }
            Some(Part::One) => (at, part) = (at + 1, part + 1),
            Some(Part::This(character)) if *character == text[at] => {
                (at, part) = (at + 1, part + 1);
            }
            _ => {
                let Some((behind, from)) = last else {
                    return false;
                };
                (at, part) = (from + 1, behind);
                last = Some((behind, from + 1));
            }
        }
    }
    pattern[part..].iter().all(|part| *part == Part::Any)
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
            ("a%b%c", "xaxxbyybxxc", true),
            ("a%b_c", "abxbxc", true),
            ("a%b_c", "abxbc", false),
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
