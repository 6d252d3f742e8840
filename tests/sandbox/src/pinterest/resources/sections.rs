//! `/boards/{board_id}/sections`.

use serde_json::{Value, json};

use super::boards;
use super::fields::Fields;
use super::paging::page;
use super::{Answer, Call, Refusal};
use crate::content::Section;
use crate::http::Response;

const MAX_NAME: usize = 180;

/// The section that the path names after its board.
pub(super) fn of_call<'a>(call: &'a Call<'_>, board_id: &str, id: &str) -> Result<&'a Section, Refusal> {
    call.world
        .content
        .sections
        .get(id)
        .filter(|section| section.board_id == board_id)
        .ok_or_else(|| Refusal::new(404, 2031, "Sorry! We couldn't find this board section."))
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    page(call.request, &call.world.content.sections, |id, section| {
        (section.board_id == call.id(0)).then(|| describe(&id, &section.name))
    })
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    let section = Section {
        board_id: call.id(0).to_owned(),
        name: Fields::of(call.request)?.required("name", MAX_NAME)?.to_owned(),
    };
    let name = section.name.clone();
    let id = call.world.content.sections.add(section);
    Ok(Response::json(201, &describe(&id, &name)))
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    of_call(call, call.id(0), call.id(1))?;
    let name = Fields::of(call.request)?.required("name", MAX_NAME)?.to_owned();
    let id = call.id(1);
    let answer = Response::json(200, &describe(id, &name));
    if let Some(section) = call.world.content.sections.get_mut(id) {
        section.name = name;
    }
    Ok(answer)
}

/// Its Pins go with it.
pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    of_call(call, call.id(0), call.id(1))?;
    let id = call.id(1);
    let content = &mut call.world.content;
    content.sections.remove(id);
    content
        .pins
        .retain(|pin| pin.board_section_id.as_deref() != Some(id));
    Ok(Response::empty(204))
}

fn describe(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name})
}
