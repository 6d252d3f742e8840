// A list of any length of which only what is visible exists.

const SPARE = 8;

export class LongList {
  /**
   * `draw(index)` gives a row's element, `open(index)` is told of a click or Enter, `pass(index)` of a
   * row that the keys went to.
   */
  constructor(box, draw, open, pass) {
    Object.assign(this, { box, draw, open, pass, count: 0, active: 0, chosen: -1, waiting: false });
    this.space = document.createElement('div');
    this.space.setAttribute('role', 'presentation');
    box.append(this.space);
    box.addEventListener('scroll', () => this.refresh());
    new ResizeObserver(() => this.refresh()).observe(box);
    box.addEventListener('keydown', (event) => this.press(event));
    this.space.addEventListener('click', (event) => {
      const row = event.target.closest('[data-index]');
      if (row) this.choose(Number(row.dataset.index));
    });
  }

  /** How high a row is, in pixels; the style sheet decides. */
  get height() {
    return parseFloat(getComputedStyle(this.box).getPropertyValue('--row')) * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** There are `count` rows now, `added` of them new at the top: what is being looked at stays where it is. */
  resize(count, added = 0) {
    this.count = count;
    const height = this.height;
    const stays = added > 0 && this.box.scrollTop > 0;
    this.space.style.height = `${count * height}px`;
    if (stays) this.box.scrollTop += added * height;
    this.active = Math.max(0, Math.min(count - 1, this.active + added));
    this.refresh();
  }

  /** Draws with the next frame, once. */
  refresh() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.paint();
    });
  }

  paint() {
    const height = this.height;
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - SPARE);
    const end = Math.min(this.count, Math.ceil((this.box.scrollTop + this.box.clientHeight) / height) + SPARE);
    const rows = [];
    for (let index = first; index < end; index += 1) {
      const row = this.draw(index);
      row.dataset.index = index;
      row.id = `row-${index}`;
      row.setAttribute('role', 'option');
      row.setAttribute('aria-setsize', this.count);
      row.setAttribute('aria-posinset', index + 1);
      row.setAttribute('aria-selected', index === this.chosen);
      row.classList.toggle('active', index === this.active);
      row.style.transform = `translateY(${index * height}px)`;
      rows.push(row);
    }
    this.space.replaceChildren(...rows);
    if (this.active >= first && this.active < end) this.box.setAttribute('aria-activedescendant', `row-${this.active}`);
    else this.box.removeAttribute('aria-activedescendant');
  }

  choose(index) {
    this.active = index;
    this.chosen = index;
    this.refresh();
    this.open(index);
  }

  press(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.count, End: this.count };
    if (event.key === 'Enter' && this.count > 0) this.choose(this.active);
    else if (event.key in steps) this.move(this.active + steps[event.key]);
    else return;
    event.preventDefault();
  }

  /** Goes to a row and shows it. */
  move(index) {
    this.active = Math.max(0, Math.min(this.count - 1, index));
    const [top, height] = [this.active * this.height, this.height];
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    const below = top + height - this.box.clientHeight;
    if (below > this.box.scrollTop) this.box.scrollTop = below;
    this.refresh();
    if (this.count > 0) this.pass(this.active);
  }
}
