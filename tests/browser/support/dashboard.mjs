// What a person does with a long log, and how long it takes.

/** Scrolls to a part of the log, and filters that find many, one and all. */
export const DEEDS = [
  ...[0.5, 0.123, 1, 0].map((scrollTo) => ({ scrollTo })),
  ...['9', '99999', 'early get', ''].map((filterBy) => ({ filterBy })),
];

/** How long until a scroll or a filter is on the screen, in milliseconds, in the page's own time. */
export async function duration(page, deed) {
  return page.evaluate(async ({ scrollTo, filterBy }) => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    await frame();
    const started = performance.now();
    if (scrollTo !== undefined) {
      const list = document.getElementById('list');
      list.scrollTop = scrollTo * (list.scrollHeight - list.clientHeight);
    } else {
      const input = document.getElementById('filter');
      input.value = filterBy;
      input.dispatchEvent(new Event('input'));
    }
    await frame();
    // The next frame begins when the one with the change has been drawn.
    await frame();
    return performance.now() - started;
  }, deed);
}
