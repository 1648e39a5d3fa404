//! The classes of models, made from the core's definitions.

use std::sync::Arc;

use openint::Json;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyTuple, PyType};

use crate::json::{Path, read};
use crate::model::{AnyModel, Model, Shown};
use crate::output::{Output, Row, quoted};

/// The core's models, by the names of their classes.
mod defined {
    pub(crate) use openint::*;

    pub(crate) type Page = openint::Page<crate::output::Row>;
}

macro_rules! extra {
    (model $value:expr) => {
        Some(&$value.extra)
    };
    (params $value:expr) => {
        None
    };
}

/// Makes the class of a model: a constructor, a getter for each field, and the way from the core.
macro_rules! class {
    (
        $(#[doc = $doc:literal])*
        $kind:ident $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional {}
        }
    ) => {
        class! { @make ( $( $required, )* **unknown )
            { $(#[doc = $doc])* $kind $name }
            { $( $(#[doc = $required_doc])* $required )* }
            {}
        }
    };
    (
        $(#[doc = $doc:literal])*
        $kind:ident $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )+ }
        }
    ) => {
        class! {
            @make ( $( $required, )* *, $( $optional = crate::input::Argument::default(), )* **unknown )
            { $(#[doc = $doc])* $kind $name }
            { $( $(#[doc = $required_doc])* $required )* }
            { $( $(#[doc = $optional_doc])* $optional )* }
        }
    };
    (
        @make ( $($signature:tt)* )
        { $(#[doc = $doc:literal])* $kind:ident $name:ident }
        { $( $(#[doc = $required_doc:literal])* $required:ident )* }
        { $( $(#[doc = $optional_doc:literal])* $optional:ident )* }
    ) => {
        #[allow(non_snake_case)]
        pub(crate) mod $name {
            use std::sync::Arc;
            use pyo3::prelude::*;
            use pyo3::types::{PyDict, PyTuple, PyType};
            use crate::model::{self, AnyModel, Model, Shown};
            use crate::output::Output;

            $(#[doc = $doc])*
            #[pyclass(frozen, extends = Model, module = "openint_sdk")]
            pub(crate) struct $name(pub(crate) Arc<super::defined::$name>);

            const NAMES: &[(&str, &str)] = names!($kind $name { $($required)* $($optional)* });

            #[pymethods]
            impl $name {
                #[new]
                #[pyo3(signature = ($($signature)*))]
                #[allow(clippy::too_many_arguments)] // one for each field
                fn new<'py>(
                    py: Python<'py>,
                    $( $required: Bound<'py, PyAny>, )*
                    $( $optional: crate::input::Argument<'py>, )*
                    unknown: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<PyClassInitializer<Self>> {
                    let fields = model::fields(
                        py,
                        NAMES,
                        vec![
                            $( (stringify!($required), Some($required)), )*
                            $( (stringify!($optional), $optional.0), )*
                        ],
                        unknown,
                    )?;
                    Ok(initializer(model::from_fields(fields.as_any())?))
                }

                /// Makes one from its fields, as JSON has them.
                #[classmethod]
                fn from_dict<'py>(
                    cls: &Bound<'py, PyType>,
                    fields: &Bound<'py, PyAny>,
                ) -> PyResult<Bound<'py, Self>> {
                    Bound::new(cls.py(), initializer(model::from_fields(fields)?))
                }

                /// Makes one from its JSON.
                #[classmethod]
                fn from_json<'py>(cls: &Bound<'py, PyType>, text: String) -> PyResult<Bound<'py, Self>> {
                    let core: super::defined::$name = model::from_text(cls.py(), text)?;
                    Bound::new(cls.py(), initializer(core))
                }

                #[classattr]
                fn __match_args__(py: Python<'_>) -> PyResult<Py<PyTuple>> {
                    let names: Vec<&str> = vec![$( stringify!($required) ),*];
                    Ok(PyTuple::new(py, names)?.unbind())
                }

                #[classattr]
                fn __dataclass_fields__(py: Python<'_>) -> PyResult<Py<PyAny>> {
                    model::dataclass_fields(py, NAMES)
                }

                $(
                    $(#[doc = $required_doc])*
                    #[getter]
                    fn $required<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                        self.0.$required.clone().into_python(py)
                    }
                )*

                $(
                    $(#[doc = $optional_doc])*
                    #[getter]
                    fn $optional<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                        match self.0.$optional.clone() {
                            Some(value) => value.into_python(py),
                            None => Ok(py.None().into_bound(py)),
                        }
                    }
                )*
            }

            pub(super) fn initializer(core: super::defined::$name) -> PyClassInitializer<$name> {
                let core = Arc::new(core);
                PyClassInitializer::from(Model::new(core.clone())).add_subclass($name(core))
            }

            impl AnyModel for super::defined::$name {
                fn json(&self) -> String {
                    serde_json::to_string(self).expect("a model has a JSON form")
                }

                fn names(&self) -> &'static [(&'static str, &'static str)] {
                    NAMES
                }

                fn shown(&self, py: Python<'_>) -> Shown {
                    let mut shown = Shown::default();
                    $( shown.field(stringify!($required), &self.$required.show(py)); )*
                    $( if let Some(value) = &self.$optional {
                        shown.field(stringify!($optional), &value.show(py));
                    } )*
                    shown.unknown(extra!($kind self));
                    shown
                }
            }
        }
    };
}

macro_rules! names {
    (model $name:ident { $($field:ident)* }) => {
        super::defined::$name::FIELDS
    };
    (params $name:ident { $($field:ident)* }) => {
        &[$( (stringify!($field), stringify!($field)) ),*]
    };
}

/// Lets the core's type become its class.
macro_rules! output {
    ($($name:ident)*) => {$(
        impl Output for openint::$name {
            fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                Ok(Bound::new(py, $name::initializer(self))?.into_any())
            }

            fn show(&self, py: Python<'_>) -> String {
                AnyModel::shown(self, py).of(stringify!($name))
            }
        }
    )*};
}

macro_rules! classes {
    ($($name:ident)*) => {
        $( openint::$name!(class); )*
        output! { $($name)* }
        openint::Page!(class);

        /// Adds the classes to the module.
        pub(crate) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $( module.add_class::<$name::$name>()?; )*
            module.add_class::<Page::Page>()?;
            module.add_class::<Settings>()
        }
    };
}

include!("tables/models.rs");

/// Strings, with the values of this version documented in the stubs.
macro_rules! enumeration {
    ($(#[doc = $doc:literal])* open_enum $name:ident { $($rest:tt)* }) => {
        impl Output for openint::$name {
            fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                self.as_str().to_owned().into_python(py)
            }

            fn show(&self, py: Python<'_>) -> String {
                quoted(py, self.as_str())
            }
        }

        impl crate::input::Input for openint::$name {
            fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
                String::from_python(value, path).map(Self::from)
            }
        }
    };
}

macro_rules! enumerations {
    ($($name:ident)*) => { $( openint::$name!(enumeration); )* };
}

include!("tables/enums.rs");

pub(crate) fn bound_page(py: Python<'_>, page: openint::Page<Row>) -> PyResult<Bound<'_, PyAny>> {
    Ok(Bound::new(py, Page::initializer(page))?.into_any())
}

/// A page is read by its rows rather than by its fields.
#[pymethods]
impl Page::Page {
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.0.items.clone().into_python(py)?.try_iter()
    }

    fn __len__(&self) -> usize {
        self.0.items.len()
    }

    fn __bool__(&self) -> bool {
        !self.0.items.is_empty()
    }

    #[classmethod]
    fn __class_getitem__<'py>(
        cls: &Bound<'py, PyType>,
        item: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        generic_alias(cls, item)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let row = match slf.get().0.items.first() {
            Some(Row::Model(model)) => model.bind(py).get_type().into_any(),
            _ => py.None().into_bound(py),
        };
        let restore = slf.get_type().getattr("_restore")?;
        let text = slf.get().0.json();
        (restore, (row, text)).into_pyobject(py)
    }

    /// Makes a page again from its JSON and the class of its rows.
    #[staticmethod]
    fn _restore<'py>(
        py: Python<'py>,
        row: Option<Bound<'py, PyType>>,
        text: String,
    ) -> PyResult<Bound<'py, PyAny>> {
        let page: openint::Page<Row> = crate::model::from_text(py, text)?;
        let page = page.try_map(|item| match (&row, item) {
            (Some(class), Row::Json(json)) => {
                let model = class.call_method1("from_json", (json.as_str(),))?;
                Ok::<_, PyErr>(Row::Model(model.cast_into::<Model>()?.unbind()))
            }
            (_, item) => Ok(item),
        })?;
        bound_page(py, page)
    }
}

pub(crate) fn generic_alias<'py>(
    class: &Bound<'py, PyType>,
    item: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let alias = class.py().import("types")?.getattr("GenericAlias")?;
    alias.call1((class, item))
}

/// The settings of a connection, or of a connector config: what connectors have in common, and
/// every other field as an attribute and as an item.
///
/// They hold credentials, so `repr` shows names only.
///
/// >>> from openint_sdk import Settings
/// >>> Settings(apiKey="gh_live_42")
/// Settings(apiKey=[redacted])
#[pyclass(frozen, extends = Model, module = "openint_sdk")]
pub(crate) struct Settings(Arc<openint::Settings>);

impl Settings {
    pub(crate) fn bound(py: Python<'_>, core: openint::Settings) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Self::initializer(core))?.into_any())
    }

    fn initializer(core: openint::Settings) -> PyClassInitializer<Self> {
        let core = Arc::new(core);
        PyClassInitializer::from(Model::new(core.clone())).add_subclass(Self(core))
    }
}

#[pymethods]
impl Settings {
    #[new]
    #[pyo3(signature = (**fields))]
    fn new(
        py: Python<'_>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<PyClassInitializer<Self>> {
        let fields = crate::model::fields(py, &[], Vec::new(), fields)?;
        Ok(Self::initializer(crate::model::from_fields(
            fields.as_any(),
        )?))
    }

    /// Makes one from its fields, as JSON has them.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        fields: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Self::bound(cls.py(), crate::model::from_fields(fields)?)
    }

    /// Makes one from its JSON.
    #[classmethod]
    fn from_json<'py>(cls: &Bound<'py, PyType>, text: String) -> PyResult<Bound<'py, PyAny>> {
        Self::bound(cls.py(), crate::model::from_text(cls.py(), text)?)
    }

    /// The OAuth2 part; `None` for a connector without one, or with one of another shape.
    #[getter]
    fn oauth<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.0.oauth2() {
            Ok(Some(oauth)) => oauth.into_python(py),
            _ => Ok(py.None().into_bound(py)),
        }
    }

    /// The token to call the connected service with: the one that the API puts on top of OAuth2
    /// settings, or else the one in their credentials.
    #[getter]
    fn access_token(&self) -> Option<String> {
        self.0.access_token().map(|token| token.expose().to_owned())
    }

    /// The API key, under either of the names that most connectors give it: `api_key`, `apiKey`.
    #[getter]
    fn api_key(&self) -> Option<String> {
        self.0.api_key().map(|key| key.expose().to_owned())
    }
}

impl AnyModel for openint::Settings {
    fn json(&self) -> String {
        Json::as_str(self.json()).to_owned()
    }

    fn names(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn shown(&self, py: Python<'_>) -> Shown {
        let fields = read(py, AnyModel::json(self).as_bytes());
        let fields = fields
            .ok()
            .and_then(|fields| fields.cast_into::<PyDict>().ok());
        let mut shown = Shown::default();
        for (name, _) in fields.into_iter().flatten() {
            shown.field(&name.to_string(), "[redacted]");
        }
        shown
    }
}

/// An OAuth2 connector's settings, put together.
#[pymethods]
impl ConnectorData::ConnectorData {
    /// Makes the settings of an OAuth2 connector.
    #[staticmethod]
    fn oauth2<'py>(
        py: Python<'py>,
        connector_name: String,
        credentials: &Bound<'py, OAuth2Credentials::OAuth2Credentials>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let credentials = openint::OAuth2Credentials::clone(&credentials.get().0);
        openint::ConnectorData::oauth2(connector_name, credentials).into_python(py)
    }
}
