//! The protocol's side: what tools there are, and their use.

use std::sync::Arc;

use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, CustomRequest, CustomResult,
    ErrorCode, Implementation, ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use tokio::sync::{mpsc, oneshot};

use super::calls::{Asked, failed};
use super::lines::{MISSHAPEN, UNREADABLE, WHY, WHY_MISSHAPEN};
use super::tools::{Toolbox, Use};

/// What a client may ask for.
const OWN: [&str; 4] = ["initialize", "ping", "tools/list", "tools/call"];

/// A server for one client.
pub(super) struct Server {
    pub(super) tools: Arc<Toolbox>,
    /// What it is, in words, for the assistant.
    pub(super) instructions: String,
    /// Where calls are made.
    pub(super) calls: mpsc::Sender<Asked>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("pinterest", env!("CARGO_PKG_VERSION")))
            .with_instructions(self.instructions.clone())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.list()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let Some(found) = self.tools.find(&request.name, arguments) else {
            return Err(ErrorData::invalid_params("there is no such tool", None));
        };
        let (call, pages) = match found {
            Ok(Use::Told(text)) => return Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into()),
            Ok(Use::Call(call, pages)) => (*call, pages),
            Err(failure) => return Ok(failed(&failure).into()),
        };
        let (reply, answer) = oneshot::channel();
        let ended = || ErrorData::internal_error("the server ends", None);
        let made = async {
            let asked = Asked { call, pages, reply };
            self.calls.send(asked).await.map_err(|_| ended())?;
            Ok(answer.await.map_err(|_| ended())?.into())
        };
        tokio::select! {
            biased;
            // The client has no use for it; this ends the call, or takes it out of the queue.
            () = context.ct.cancelled() => Err(ErrorData::internal_error("cancelled", None)),
            result = made => result,
        }
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(match request.method.as_str() {
            UNREADABLE => ErrorData::parse_error(WHY, None),
            MISSHAPEN => ErrorData::invalid_request(WHY_MISSHAPEN, None),
            // Those that the library could not read as the protocol has them come here as well.
            own if OWN.contains(&own) => ErrorData::invalid_params(
                format!(
                    "the params of {own} do not fit: tools/call takes `name`, a text, and `arguments`, an object; nothing was sent"
                ),
                None,
            ),
            _ => ErrorData::new(ErrorCode::METHOD_NOT_FOUND, request.method, None),
        })
    }
}
