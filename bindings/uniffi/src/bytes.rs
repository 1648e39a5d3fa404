//! The way in for Kotlin: numbers, and addresses of bytes.
//!
//! JNA makes a structure for each record, result and status that crosses in uniffi's own way, seven
//! in a call, and takes longer for them than the call takes on loopback. The bytes here are what
//! uniffi writes for the same types, so both sides read and write them with its converters.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openint::CancelToken;
use uniffi::{Lift, Lower};

use crate::UniFfiTag;
use crate::client;
use crate::error::NativeError;
use crate::options::CallOptions;
use crate::pages;
use crate::panics::caught;
use crate::registry::Registry;
use crate::request::NativeRequest;

static TOKENS: Registry<CancelToken> = Registry::new();

/// In front of the bytes stands how many they are.
const LENGTH: usize = size_of::<u64>();

/// What stands before the value in an answer.
const OK: u8 = 0;
const FAILED: u8 = 1;

/// Makes a token that has not fired.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn openint_token_new() -> u64 {
    unwound(|| TOKENS.insert(CancelToken::new()))
}

/// Fires a token; one that was freed stays as it is.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn openint_token_cancel(token: u64) {
    unwound(|| {
        if let Some(token) = TOKENS.get(token) {
            token.cancel();
        }
    });
}

/// Forgets a token.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn openint_token_free(token: u64) {
    unwound(|| TOKENS.remove(token));
}

/// The address of `length` bytes to be filled, behind their length.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn openint_bytes_new(length: u64) -> u64 {
    unwound(|| {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        leaked(vec![0; LENGTH.saturating_add(length)])
    })
}

/// Frees an answer.
///
/// # Safety
/// `address` comes from this library, and was neither freed nor handed over.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn openint_bytes_free(address: u64) {
    // SAFETY: as promised to this function.
    unwound(|| drop(unsafe { owned(address) }));
}

/// Carries out a call: a [`NativeRequest`] and its [`CallOptions`]. What comes back is a
/// [`NativeResponse`](crate::NativeResponse) or an error, or address 0 after a defect.
///
/// # Safety
/// `request` comes from [`openint_bytes_new`], and was not handed over before.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn openint_call(client: u64, token: u64, request: u64) -> u64 {
    answer(|| {
        // SAFETY: as promised to this function.
        let request = unsafe { owned(request) };
        let mut rest = &request[LENGTH..];
        let request: NativeRequest = read(&mut rest)?;
        let options: CallOptions = read(&mut rest)?;
        client::call(client, request, options, TOKENS.get(token))
    })
}

/// The next page of a list: its rows as text, or none, or an error; address 0 after a defect.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn openint_next_page(pages: u64, token: u64) -> u64 {
    answer(|| pages::next(pages, TOKENS.get(token)))
}

fn read<T: Lift<UniFfiTag>>(rest: &mut &[u8]) -> Result<T, NativeError> {
    T::try_read(rest).map_err(|_| NativeError::internal(false))
}

fn answer<T: Lower<UniFfiTag>>(call: impl FnOnce() -> Result<T, NativeError>) -> u64 {
    unwound(|| {
        let mut bytes = vec![0; LENGTH];
        match caught(false, call) {
            Ok(value) => {
                bytes.push(OK);
                T::write(value, &mut bytes);
            }
            Err(error) => {
                bytes.push(FAILED);
                <NativeError as Lower<UniFfiTag>>::write(error, &mut bytes);
            }
        }
        leaked(bytes)
    })
}

/// A panic must not reach the other side. Its own messages have been printed by the panic hook.
fn unwound<T: Default>(call: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_default()
}

/// The address of `bytes`, which have room for their length in front.
fn leaked(mut bytes: Vec<u8>) -> u64 {
    let length = (bytes.len() - LENGTH) as u64;
    bytes[..LENGTH].copy_from_slice(&length.to_ne_bytes());
    Box::into_raw(bytes.into_boxed_slice()).cast::<u8>() as u64
}

/// The bytes at an address, to be freed here.
///
/// # Safety
/// The address is from [`leaked`], and this is the only use of it.
unsafe fn owned(address: u64) -> Box<[u8]> {
    let start = address as *mut u8;
    let mut length = [0; LENGTH];
    // SAFETY: `leaked` wrote the length there, and made a box of that length and itself.
    unsafe {
        start.copy_to_nonoverlapping(length.as_mut_ptr(), LENGTH);
        let length = LENGTH + u64::from_ne_bytes(length) as usize;
        Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length))
    }
}
