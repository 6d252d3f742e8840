//! Which interpreter of a process this library serves.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;

/// The number of a process's main interpreter.
const MAIN: i64 = 0;

/// Refuses subinterpreters, as `CPython` from 3.12 on does by itself for those that are isolated, in the
/// same words. The library's classes are one interpreter's, and its thread finds only the main one.
///
/// # Errors
///
/// `ImportError` in a subinterpreter.
pub(crate) fn refuse_others(_held: Python<'_>) -> PyResult<()> {
    // SAFETY: this thread holds an interpreter, so there is one.
    let number = unsafe { pyo3::ffi::PyInterpreterState_GetID(pyo3::ffi::PyInterpreterState_Get()) };
    if number == MAIN {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "module pinterest_sdk._native does not support loading in subinterpreters",
    ))
}
