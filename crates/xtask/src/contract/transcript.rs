//! One recorded exchange: a request as it was given to curl, a line `<<<<`, and the answer.

/// A request, and the answer it got.
#[derive(Debug, PartialEq)]
pub(super) struct Transcript {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
    pub(super) answer: Answer,
}

#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) body: String,
}

impl Transcript {
    /// `None` if the text is no exchange.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (request, answer) = text.split_once("\n<<<<\n")?;
        let mut lines = request.lines();
        let (method, target) = lines.next()?.split_once(' ')?;
        let mut headers = Vec::new();
        let mut body: Vec<&str> = Vec::new();
        for line in lines {
            match line.split_once(':').filter(|_| body.is_empty()) {
                Some((name, value)) if is_name(name) => {
                    // To curl a colon at the end means that the header is not sent; a blank behind
                    // it, that it is sent empty.
                    if !value.is_empty() {
                        headers.push((name.to_owned(), value.trim().to_owned()));
                    }
                }
                _ => body.push(line),
            }
        }
        Some(Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers,
            body: body.join("\n").trim_matches('\n').to_owned(),
            answer: Answer::parse(answer)?,
        })
    }
}

impl Answer {
    /// The last of the answers: those before it only say that the body may come.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let status = lines
            .next()?
            .strip_prefix("HTTP/1.1 ")?
            .split(' ')
            .next()?
            .parse()
            .ok()?;
        if status == 100 {
            return Self::parse(body);
        }
        let content_type = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.trim().to_owned());
        Some(Self {
            status,
            content_type,
            body: body.trim().to_owned(),
        })
    }

    /// Returns true if only the beginning of the body was kept.
    pub(super) fn is_cut(&self) -> bool {
        self.body.contains("... cut") || self.body.contains("...[truncated")
    }

    pub(super) fn map_body(self, map: impl FnOnce(&str) -> String) -> Self {
        Self {
            body: map(&self.body),
            ..self
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_read() {
        let text = "POST /v1/x?a=1\nAuthorization: Bearer k\nAccept: \ncontent-type:\n{\"a\":\n1}\n\n<<<<\n\n\
            HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Type: application/json\nvary: *\n\n{\"b\":\n\n2}\n";
        let want = Transcript {
            method: "POST".into(),
            target: "/v1/x?a=1".into(),
            headers: vec![
                ("Authorization".into(), "Bearer k".into()),
                ("Accept".into(), String::new()),
            ],
            body: "{\"a\":\n1}".into(),
            answer: Answer {
                status: 200,
                content_type: Some("application/json".into()),
                body: "{\"b\":\n\n2}".into(),
            },
        };
        assert_eq!(Transcript::parse(text), Some(want));
    }

    #[test]
    fn an_answer_may_have_no_body() {
        let text = "HEAD /v1/x\n\n<<<<\n\nHTTP/1.1 204 No Content\nvary: *";
        let read = Transcript::parse(text).unwrap();
        assert_eq!((read.answer.status, read.answer.body.as_str()), (204, ""));
        assert_eq!(read.answer.content_type, None);
    }

    #[test]
    fn what_is_no_recording_is_none() {
        for text in [
            "",
            "GET /x",
            "GET /x\n\n<<<<\n\nnothing",
            "GET\n<<<<\nHTTP/1.1 200 OK",
        ] {
            assert_eq!(Transcript::parse(text), None, "{text:?}");
        }
    }
}
