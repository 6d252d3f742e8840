//! The pages of an operation, one after the other: asked for by hand, or as streams of pages and of items.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde_json::Value;

use super::any_operation::OperationCall;
use crate::client::{ApiClient, ApiResponse, CallOptions};
use crate::error::Error;
use crate::operations::{Bookmarks, take_items};

/// An answer that is a page.
type Page = Result<ApiResponse<Value>, Error>;

/// What somebody waits for, wherever they wait.
pub(crate) type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Whoever the calls of pages are made through.
pub(crate) trait Caller: fmt::Debug + Send + Sync {
    /// Makes a call.
    fn call<'a>(&'a self, call: &'a OperationCall, options: &'a CallOptions) -> Later<'a, Page>;
}

impl Caller for ApiClient {
    fn call<'a>(&'a self, call: &'a OperationCall, options: &'a CallOptions) -> Later<'a, Page> {
        Box::pin(self.call(call, options))
    }
}

impl ApiClient {
    /// The pages of an operation that has some, from the call's own bookmark on.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for an operation without pages.
    pub fn pages(&self, call: OperationCall, options: &CallOptions) -> Result<Pages, Error> {
        Pages::through(Arc::new(self.clone()), call, options)
    }
}

/// The pages of an operation, one after the other. They borrow nothing, so that a task or an answer may hold them.
#[derive(Debug)]
pub struct Pages {
    caller: Arc<dyn Caller>,
    options: CallOptions,
    /// The call for the next page, or why there is none; nothing after the last.
    next: Option<Result<OperationCall, Error>>,
    bookmarks: Bookmarks,
}

impl Pages {
    pub(crate) fn through(
        caller: Arc<dyn Caller>,
        call: OperationCall,
        options: &CallOptions,
    ) -> Result<Self, Error> {
        let operation = call.operation();
        if !operation.has_pages() {
            let message = format!("{} does not answer in pages", operation.name);
            return Err(Error::invalid_input(message).with_hint("call it once; nothing was sent"));
        }
        Ok(Self {
            caller,
            options: options.clone(),
            bookmarks: Bookmarks::from(call.bookmark()),
            next: Some(Ok(call)),
        })
    }

    /// The next page as it came; none after the last. After an error the same page is asked for again.
    ///
    /// # Errors
    ///
    /// Those of [`ApiClient::call`]; those of [`Bookmarks::after`] behind the page that has such a bookmark, after which
    /// there are no more.
    pub async fn next(&mut self) -> Option<Page> {
        let call = match self.next.take()? {
            Ok(call) => call,
            Err(error) => return Some(Err(error)),
        };
        // Also if nobody waits for this one to its end.
        self.next = Some(Ok(call.clone()));
        let page = match self.caller.call(&call, &self.options).await {
            Ok(page) => page,
            Err(error) => return Some(Err(error)),
        };
        self.next = match self.bookmarks.after(&page.data) {
            Ok(bookmark) => bookmark.map(|bookmark| Ok(call.with("bookmark", bookmark))),
            Err(error) => Some(Err(error)),
        };
        Some(Ok(page))
    }

    /// The pages as a stream.
    pub fn into_stream(self) -> PageStream {
        PageStream(Turn::Resting(Box::new(self)))
    }

    /// The items of all pages as a stream.
    pub fn into_items(self) -> ItemStream {
        ItemStream {
            pages: self.into_stream(),
            items: Vec::new().into_iter(),
        }
    }
}

/// The pages of an operation as a stream, which ends with its first error: what goes on behind errors, with
/// `filter_map` or the like, would ask for the same page without end. [`Pages::next`] asks again.
///
/// Whoever stops waiting for the next page loses none: it is waited for further, or, when the stream is dropped, the
/// request ends.
#[must_use = "a stream asks for nothing until it is polled"]
pub struct PageStream(Turn);

/// How far the stream is.
enum Turn {
    Resting(Box<Pages>),
    Asking(Later<'static, (Box<Pages>, Option<Page>)>),
    Over,
}

impl Stream for PageStream {
    type Item = Page;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page>> {
        let mut asking: Later<'static, _> = match mem::replace(&mut self.0, Turn::Over) {
            Turn::Resting(mut pages) => Box::pin(async move {
                let page = pages.next().await;
                (pages, page)
            }),
            Turn::Asking(asking) => asking,
            Turn::Over => return Poll::Ready(None),
        };
        let Poll::Ready((pages, page)) = asking.as_mut().poll(context) else {
            self.0 = Turn::Asking(asking);
            return Poll::Pending;
        };
        if let Some(Ok(_)) = page {
            self.0 = Turn::Resting(pages);
        }
        Poll::Ready(page)
    }
}

impl fmt::Debug for PageStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").finish_non_exhaustive()
    }
}

/// The items of all pages of an operation as a stream; each page is asked for when the items of the one before are used
/// up. It ends with its first error, as [`PageStream`] does, and nobody who stops waiting loses an item.
///
/// ```no_run
/// # async fn example(client: pinterest_sdk::ApiClient) -> Result<(), pinterest_sdk::Error> {
/// use futures_util::TryStreamExt;
/// use pinterest_sdk::{CallOptions, OperationCall};
///
/// let call = OperationCall::new("boards/list")?.with("page_size", 100);
/// let mut boards = client.pages(call, &CallOptions::default())?.into_items();
/// while let Some(board) = boards.try_next().await? {
///     println!("{}", board["name"]);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream asks for nothing until it is polled"]
pub struct ItemStream {
    pages: PageStream,
    items: vec::IntoIter<Value>,
}

impl Stream for ItemStream {
    type Item = Result<Value, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let mut page = match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            match take_items(&mut page.data) {
                Ok(items) => self.items = items.into_iter(),
                Err(error) => {
                    self.pages.0 = Turn::Over;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl fmt::Debug for ItemStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

const _: () = {
    const fn crosses_threads<T: Send + 'static>() {}
    crosses_threads::<Pages>();
    crosses_threads::<PageStream>();
    crosses_threads::<ItemStream>();
};
