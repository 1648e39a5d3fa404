//! Request to the API: method, escaped path, query and body.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::body::{Body, Fields};
use crate::check;
use crate::error::{Error, Result};
use crate::json::Json;

/// All but RFC 3986's unreserved characters.
const ESCAPED_IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Characters that a path segment may not hold, so that no value can change the route.
///
/// The API does not decode the path of a customer's token, so what may stand there goes as it is:
/// an escaped `@` would be another customer. The exception is `'`, which breaks the server's SQL.
const ESCAPED_IN_PATH: &AsciiSet = &ESCAPED_IN_QUERY
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// An HTTP method of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does something that is not safe to repeat.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// Returns its name in HTTP, such as `GET`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    fn is_repeat_safe(self) -> bool {
        matches!(self, Self::Get | Self::Put | Self::Delete)
    }
}

/// A request to any route, for those that have no method yet.
///
/// The path is a template; its `{placeholders}` are filled with [`Request::path_param`], which
/// escapes, so that an id can never change the route. Retries, errors, limits and logging are the
/// same as for every method.
///
/// ```
/// use openint::{Method, Openint, Request};
/// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
/// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
///
/// #[derive(serde::Deserialize)]
/// struct Page { items: Vec<openint::Connection> }
///
/// let request = Request::new(Method::Get, "/connection").query("limit", "10");
/// let page = client.request::<Page>(&request)?;
/// assert!(page.value.items.is_empty());
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone)]
pub struct Request {
    name: &'static str,
    method: Method,
    template: Cow<'static, str>,
    params: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
    body: Option<Body>,
    repeat_safe: bool,
}

impl Request {
    /// A request to `path` under the base URL, such as `/connection/{id}`.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self::named("request", method, path.into())
    }

    /// The request of the operation `name`.
    pub(crate) fn named(
        name: &'static str,
        method: Method,
        path: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            name,
            method,
            template: path.into(),
            params: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            repeat_safe: method.is_repeat_safe(),
        }
    }

    /// Fills the placeholder `{name}` of the path with one escaped segment.
    pub fn path_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter. A name given twice is sent twice, which is how the API takes lists.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets the JSON body. Writes without one send `{}`, because the API refuses an empty body.
    pub fn body(mut self, body: impl Into<Json>) -> Self {
        self.body = Some(Body::Whole(body.into()));
        self
    }

    /// Adds a field of the body.
    pub(crate) fn field<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let mut fields = match self.body.take() {
            Some(Body::Fields(fields)) => fields,
            _ => Fields::default(),
        };
        fields.push(name, value);
        self.body = Some(Body::Fields(fields));
        self
    }

    /// Adds a field of the body, if it was given.
    pub(crate) fn optional_field<T: Serialize>(
        self,
        name: &'static str,
        value: &Option<T>,
    ) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    /// Adds a query parameter, if it was given.
    pub(crate) fn optional_query<T: ToString>(self, name: &str, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.query(name, value.to_string()),
            None => self,
        }
    }

    /// Adds which page of a list is meant. The first one goes without saying.
    pub(crate) fn page(self, limit: Option<u32>, offset: Option<u64>) -> Self {
        self.optional_query("limit", &limit)
            .optional_query("offset", &offset.filter(|offset| *offset > 0))
    }

    /// Adds a query parameter for each value of a list: the API ignores `name[]` without a word.
    pub(crate) fn query_list<T: AsRef<str>>(self, name: &str, values: &Option<Vec<T>>) -> Self {
        let values = values.iter().flatten();
        values.fold(self, |request, value| request.query(name, value.as_ref()))
    }

    /// Adds a query parameter that is a boolean. The API takes any value for true, `false` too, so
    /// only true is sent.
    pub(crate) fn query_flag(self, name: &str, value: Option<bool>) -> Self {
        match value {
            Some(true) => self.query(name, "true"),
            _ => self,
        }
    }

    /// Sets the JSON body from anything that serialises.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when `body` has no JSON form.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Result<Self> {
        Ok(self.body(Json::from_serialize(body)?))
    }

    /// Says whether carrying the request out twice is as good as once, so that it may be tried
    /// again after a failure of unknown effect. Preset: yes for `GET`, `PUT` and `DELETE`.
    pub fn repeat_safe(mut self, repeat_safe: bool) -> Self {
        self.repeat_safe = repeat_safe;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn method(&self) -> Method {
        self.method
    }

    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    pub(crate) fn is_repeat_safe(&self) -> bool {
        self.repeat_safe
    }

    /// Returns true if it can change anything on the server.
    pub fn is_write(&self) -> bool {
        self.method != Method::Get
    }

    /// Method and path template: what logs and errors call this request.
    pub(crate) fn operation(&self) -> String {
        format!("{} {}", self.method.as_str(), self.template)
    }

    /// The escaped path and query, with `extra` behind the request's own parameters.
    pub(crate) fn target(&self, extra: &[(String, String)]) -> Result<String> {
        let mut target = self.path()?;
        for (index, (name, value)) in self.query.iter().chain(extra).enumerate() {
            for text in [name, value] {
                if text.contains('\0') {
                    return Err(Error::invalid_input(
                        name.replace('\0', "\\0"),
                        "a string without the NUL character",
                    ));
                }
            }
            target.push(if index == 0 { '?' } else { '&' });
            target.extend(utf8_percent_encode(name, ESCAPED_IN_QUERY));
            target.push('=');
            target.extend(utf8_percent_encode(value, ESCAPED_IN_QUERY));
        }
        Ok(target)
    }

    fn path(&self) -> Result<String> {
        let mut path = String::with_capacity(self.template.len() + 32);
        let segments = self.template.strip_prefix('/').ok_or_else(|| {
            Error::invalid_input("path", "a path that begins with `/`, such as `/connection`")
        })?;
        for segment in segments.split('/') {
            path.push('/');
            match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
                Some(name) => path.extend(utf8_percent_encode(self.param(name)?, ESCAPED_IN_PATH)),
                None if is_plain(segment) => path.push_str(segment),
                None => {
                    return Err(Error::invalid_input(
                        "path",
                        "a path without spaces and reserved characters; give ids as `{name}` with `path_param` \
                         and parameters with `query`",
                    ));
                }
            }
        }
        Ok(path)
    }

    fn param(&self, name: &str) -> Result<&str> {
        let (_, value) = self
            .params
            .iter()
            .find(|(given, _)| given == name)
            .ok_or_else(|| Error::invalid_input(name, "a value, given with `path_param`"))?;
        check::not_empty(name, value)?;
        // Escaped or not, servers and proxies resolve these two as steps through the path.
        if matches!(value.as_str(), "." | "..") {
            return Err(Error::invalid_input(name, "an id other than `.` and `..`"));
        }
        Ok(value)
    }

    /// The text of the body, with the fields of `extra` set in it.
    pub(crate) fn body_text(&self, extra: &[(String, Json)]) -> Result<Option<Cow<'_, str>>> {
        for (name, value) in extra {
            if name.contains('\0') {
                return Err(Error::invalid_input(
                    "extra_body",
                    "names without the NUL character",
                ));
            }
            check::strings(&format!("extra_body.{name}"), value.as_str())?;
        }
        let body = match (&self.body, self.method) {
            (Some(body), _) => Cow::Borrowed(body.text()?),
            (None, Method::Get) if extra.is_empty() => return Ok(None),
            (None, Method::Get) => {
                return Err(Error::invalid_input(
                    "extra_body",
                    "no fields, because this call sends no body",
                ));
            }
            (None, _) => Cow::Borrowed("{}"),
        };
        if extra.is_empty() {
            return Ok(Some(body));
        }
        let mut fields: BTreeMap<String, Json> = serde_json::from_str(&body)
            .map_err(|_| Error::invalid_input("extra_body", "a request whose body is an object"))?;
        fields.extend(extra.iter().cloned());
        let merged = Json::from_serialize(&fields)?;
        Ok(Some(Cow::Owned(merged.as_str().to_owned())))
    }
}

impl fmt::Debug for Request {
    /// Without query values, ids and body: they can be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Request")
            .field("operation", &self.operation())
            .field("query", &names)
            .field("repeat_safe", &self.repeat_safe)
            .finish_non_exhaustive()
    }
}

fn is_plain(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_for(id: &str) -> Result<String> {
        Request::new(Method::Get, "/customer/{id}/token")
            .path_param("id", id)
            .target(&[])
    }

    #[test]
    fn an_id_never_changes_the_route() {
        for (id, segment) in [
            ("cus_1", "cus_1"),
            ("../connection", "..%2Fconnection"),
            ("a?x=1", "a%3Fx=1"),
            ("a#b", "a%23b"),
            ("a/b\\c", "a%2Fb%5Cc"),
            ("%2e%2e", "%252e%252e"),
            ("o'brien", "o%27brien"),
            ("user@example.test", "user@example.test"),
            ("a:b+c$d=e&f,g;h(i)!*", "a:b+c$d=e&f,g;h(i)!*"),
            ("客户 😀", "%E5%AE%A2%E6%88%B7%20%F0%9F%98%80"),
            ("{id}", "%7Bid%7D"),
            ("...", "..."),
        ] {
            assert_eq!(path_for(id).unwrap(), format!("/customer/{segment}/token"));
        }
        for id in ["", ".", "..", "a\0b"] {
            assert!(path_for(id).is_err(), "{id:?}");
        }
    }

    #[test]
    fn a_template_is_only_plain_segments_and_placeholders() {
        for path in [
            "",
            "connection",
            "//evil.test/",
            "/a/../b",
            "/a?x=1",
            "/a#b",
            "/a b",
            "/{id}",
        ] {
            assert!(
                Request::new(Method::Get, path).target(&[]).is_err(),
                "{path}"
            );
        }
        let request = Request::new(Method::Get, "/ai/message_template");
        assert_eq!(request.target(&[]).unwrap(), "/ai/message_template");
    }

    #[test]
    fn query_parameters_are_escaped_and_may_repeat() {
        let target = Request::new(Method::Get, "/connection")
            .query("connector_names", "a,b")
            .query("connector_names", "c&d=e")
            .target(&[("x y".into(), "ñ".into())])
            .unwrap();
        assert_eq!(
            target,
            "/connection?connector_names=a%2Cb&connector_names=c%26d%3De&x%20y=%C3%B1"
        );
    }

    #[test]
    fn names_hold_no_nul_either() {
        let get = Request::new(Method::Get, "/a");
        for (name, value) in [("a\0b", "c"), ("a", "b\0c")] {
            assert!(get.target(&[(name.into(), value.into())]).is_err());
        }
        let one = [("a\0b".to_owned(), Json::from(serde_json::json!(1)))];
        assert!(Request::new(Method::Post, "/a").body_text(&one).is_err());
    }

    #[test]
    fn writes_always_have_a_body_and_extra_fields_win() {
        let text = |request: Request, extra: &[(String, Json)]| {
            request.body_text(extra).unwrap().map(Cow::into_owned)
        };
        let one = [("a".to_owned(), Json::from(serde_json::json!(1)))];
        assert_eq!(text(Request::new(Method::Get, "/a"), &[]), None);
        assert_eq!(text(Request::new(Method::Delete, "/a"), &[]).unwrap(), "{}");
        assert_eq!(
            text(Request::new(Method::Post, "/a"), &one).unwrap(),
            r#"{"a":1}"#
        );
        let body =
            Request::new(Method::Post, "/a").body(Json::parse(r#"{"b":1.10,"a":2}"#).unwrap());
        assert_eq!(text(body.clone(), &[]).unwrap(), r#"{"b":1.10,"a":2}"#);
        assert_eq!(text(body, &one).unwrap(), r#"{"a":1,"b":1.10}"#);
        assert!(Request::new(Method::Get, "/a").body_text(&one).is_err());
        let list = Request::new(Method::Post, "/a").body(serde_json::json!([]));
        assert!(list.body_text(&one).is_err());
    }
}
