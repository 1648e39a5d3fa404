//! Conversions between the core's types and those that cross: they differ in integers, which have
//! a sign here because Java has no others, and in the records and enums that this crate makes.

use openint::{Json, Number, Secret, Settings, Timestamp};

use crate::error::OpenintError;

/// Becomes `T`, unless it is a negative number where there can be none.
pub(crate) trait Convert<T> {
    fn convert(self, field: &str) -> Result<T, OpenintError>;
}

macro_rules! same {
    ($($type:ty),*) => {$(
        impl Convert<$type> for $type {
            fn convert(self, _field: &str) -> Result<$type, OpenintError> {
                Ok(self)
            }
        }
    )*};
}
same!(String, bool, Json, Number, Secret, Settings, Timestamp);

macro_rules! integer {
    ($($core:ty => $native:ty),*) => {$(
        /// A count that is too large for Java is as large as Java can say.
        impl Convert<$native> for $core {
            fn convert(self, _field: &str) -> Result<$native, OpenintError> {
                Ok(self.try_into().unwrap_or(<$native>::MAX))
            }
        }

        impl Convert<$core> for $native {
            fn convert(self, field: &str) -> Result<$core, OpenintError> {
                self.try_into()
                    .map_err(|_| OpenintError::invalid_input(field, "0 or more"))
            }
        }
    )*};
}
integer!(u32 => i32, u64 => i64);

impl<A: Convert<B>, B> Convert<Vec<B>> for Vec<A> {
    fn convert(self, field: &str) -> Result<Vec<B>, OpenintError> {
        self.into_iter().map(|item| item.convert(field)).collect()
    }
}

impl<A: Convert<B>, B> Convert<Option<B>> for Option<A> {
    fn convert(self, field: &str) -> Result<Option<B>, OpenintError> {
        self.map(|value| value.convert(field)).transpose()
    }
}
