use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::json::{Json, Text};

/// The most keys of an answer that are compared with each other.
const MAX_COMPARED: usize = 64;

/// Fields of an answer beyond the typed ones: those that this version does not know, and the names
/// of known fields that came as `null` rather than not at all.
///
/// Nothing that the server sent is lost: serialising a model writes its extra back, in the order of
/// the answer.
#[derive(Clone, Default)]
pub struct Extra(Vec<(Cow<'static, str>, Entry)>);

/// One key of an answer.
#[derive(Clone)]
pub(crate) enum Entry {
    /// The value is in the typed field; the entry keeps its place.
    Typed,
    Null,
    Unknown(Json),
}

impl Entry {
    pub(crate) fn of(json: Json) -> Self {
        match json.is_null() {
            true => Self::Null,
            false => Self::Unknown(json),
        }
    }
}

static NULL: LazyLock<Json> = LazyLock::new(Json::null);

impl Extra {
    /// Makes room for the keys of an answer.
    pub(crate) fn with_capacity(keys: usize) -> Self {
        Self(Vec::with_capacity(keys))
    }

    /// Returns the JSON of a field that is unknown or came as `null`.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, json)| json)
    }

    /// Returns true if the field was sent as `null`, typed or not. A typed field that is `None` and
    /// not null was absent.
    pub fn is_null(&self, name: &str) -> bool {
        self.get(name).is_some_and(Json::is_null)
    }

    /// Adds a field, or replaces it. On a model that is sent, it is sent along.
    pub fn insert(&mut self, name: impl Into<String>, json: impl Into<Json>) {
        self.put(name.into(), Entry::of(json.into()));
    }

    /// Returns all fields, in the order of the answer.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().filter_map(|(name, entry)| match entry {
            Entry::Typed => None,
            Entry::Null => Some((&**name, &*NULL)),
            Entry::Unknown(json) => Some((&**name, json)),
        })
    }

    /// Adds a key, which counts as it came last.
    pub(crate) fn put(&mut self, name: impl Into<Cow<'static, str>>, entry: Entry) {
        let name = name.into();
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some(known) => known.1 = entry,
            None => self.0.push((name, entry)),
        }
    }

    /// Adds a key of an answer, which may be there already until [`Extra::finish`] is called.
    pub(crate) fn push(&mut self, name: impl Into<Cow<'static, str>>, entry: Entry) {
        self.0.push((name.into(), entry));
    }

    /// Keeps of the entries of one key its first place and its last value.
    pub(crate) fn finish(&mut self) {
        // Comparing each key with all others would let a large answer keep a call for hours.
        if self.0.len() <= MAX_COMPARED && self.is_distinct() {
            return;
        }
        let entries = std::mem::take(&mut self.0);
        self.0.reserve_exact(entries.len());
        let mut places: HashMap<Cow<'static, str>, usize> = HashMap::new();
        for (name, entry) in entries {
            match places.get(&name) {
                Some(place) => self.0[*place].1 = entry,
                None => {
                    places.insert(name.clone(), self.0.len());
                    self.0.push((name, entry));
                }
            }
        }
    }

    fn is_distinct(&self) -> bool {
        let mut names = self.0.iter().map(|(name, _)| name).enumerate();
        names.all(|(index, name)| self.0[..index].iter().all(|(earlier, _)| earlier != name))
    }

    /// Returns every key of the answer in its order, typed ones included.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(name, entry)| (&**name, entry))
    }

    pub(crate) fn has_entry(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl Serialize for Extra {
    /// Writes the fields as an object, in the order of the answer.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Extra;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Extra, A::Error> {
                let mut extra = Extra::default();
                while let Some(Text(name)) = map.next_key()? {
                    extra.push(name.into_owned(), Entry::of(map.next_value()?));
                }
                extra.finish();
                Ok(extra)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    /// Prints names only: the value of an unknown field may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.iter().map(|(name, _)| name);
        f.debug_set().entries(names).finish()
    }
}
