//! Classes as bare as `type` makes them, in a fifth of its time: some programs import 800 of models.

use std::ffi::CString;
use std::ptr;

use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

/// A class with a name, a module and a text of its own, and else what its bases have.
///
/// `type` looks for each of Python's some 90 special methods in the class and in all of its bases. One that has
/// none of its own may take those of its bases as they are, as classes of C do.
//
// By Python's stable interface. The bases are not told of their subclass (`__init_subclass__`).
#[pyfunction]
#[pyo3(signature = (name, bases: "tuple[type, ...]", module, text))]
pub(crate) fn bare_class<'py>(
    name: &Bound<'py, PyString>,
    bases: &Bound<'py, PyTuple>,
    module: &str,
    text: &str,
) -> PyResult<Bound<'py, PyType>> {
    let py = name.py();
    let path = CString::new(format!("{module}.{}", name.to_str()?))?;
    let text = CString::new(text)?;
    let mut slots = [
        ffi::PyType_Slot {
            slot: ffi::Py_tp_doc,
            pfunc: text.as_ptr().cast_mut().cast(),
        },
        ffi::PyType_Slot {
            slot: 0,
            pfunc: ptr::null_mut(),
        },
    ];
    #[allow(clippy::cast_possible_truncation)] // Flags of a `long`, of which all systems have 32.
    let flags = (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as _;
    let mut facts = ffi::PyType_Spec {
        name: path.as_ptr(),
        // As the first base's.
        basicsize: 0,
        itemsize: 0,
        flags,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the facts and what they point to live until Python has copied them, but for the path, see below. It
    // gives a reference to a new class, or none and sets an exception.
    let class = unsafe {
        let made = ffi::PyType_FromSpecWithBases(&raw mut facts, bases.as_ptr());
        Bound::from_owned_ptr_or_err(py, made)?.cast_into_unchecked::<PyType>()
    };
    // Python 3.10 has not copied the path, but points to it as the name until there is another; and messages would
    // show all of it where they show other classes' names.
    class.setattr(intern!(py, "__name__"), name)?;
    Ok(class)
}
