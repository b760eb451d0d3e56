'use strict';
(() => {
  // Every text comes from the data as a text node: nothing here reads or writes mark-up.
  const data = JSON.parse(document.getElementById('data').textContent);
  const { texts } = data;
  const by = (id) => document.getElementById(id);
  const form = by('filters');
  if (!form) return;

  // Rows in blocks: those near the window stand as elements, the others as empty boxes of their height.
  const BLOCK = 20;
  const ROW = 92;
  const MARGIN = '1200px 0px';
  // A search that leaves so few opens what it found.
  const FEW = 60;

  // Evidence beyond it scrolls.
  const LONG = 1000;

  const make = (name, kind, ...parts) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...parts);
    return made;
  };
  const named = (number) => number.toLocaleString('en');
  const counted = (number, noun) => `${named(number)} ${noun}${number === 1 ? '' : 's'}`;

  const row = ([status, , kind, , name, , places, statements, notes]) => {
    const [id, word] = data.statuses[status];
    const head = make('p', 'head', make('span', `status ${id}`, word), ' ', make('b', '', texts[name]));
    if (kind) head.append(' ', make('span', 'kind', texts[kind]));
    const item = make('li', '', head);
    if (statements.some((four) => four.some((part) => texts[part].length > LONG))) {
      item.className = 'long';
      item.tabIndex = 0;
    }
    const where = make('p', 'places');
    places.forEach((place, number) => {
      if (number) where.append(' · ');
      where.append(make('span', '', texts[place]));
    });
    item.append(where);
    for (const [path, observed, expected, place] of statements) {
      const line = make('p', 'evidence');
      if (path) line.append(make('code', '', texts[path]), ' is ');
      line.append(make('code', 'observed', texts[observed]), '; expected ', make('span', '', texts[expected]));
      if (place) line.append(make('span', 'dim', ` (${texts[place]})`));
      item.append(line);
    }
    for (const note of notes) item.append(make('p', 'remark', texts[note]));
    return item;
  };

  const blocks = new WeakMap();
  const fill = (element) => {
    const block = blocks.get(element);
    if (!block || element.firstChild) return;
    element.style.blockSize = '';
    element.append(make('ul', '', ...block.map(row)));
  };
  const empty = (element) => {
    if (!blocks.has(element)) return;
    const selection = document.getSelection();
    const used = selection && !selection.isCollapsed && selection.intersectsNode(element);
    if (!element.firstChild || used) return;
    element.style.blockSize = `${element.getBoundingClientRect().height}px`;
    element.replaceChildren();
  };
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) fill(target);
      else if (!printing) empty(target);
    }
  }, { rootMargin: MARGIN });
  let printing = false;

  const groups = [...document.querySelectorAll('details.check')].map((element, number) => {
    const check = data.checks[number];
    return {
      element,
      check,
      counts: element.querySelector('.counts'),
      rows: element.querySelector('.rows'),
      matched: check.findings,
      shown: null,
      opened: false,
    };
  });
  // What has the checks of one kind of change under a heading.
  const parts = [...document.querySelectorAll('.part')];
  const total = groups.reduce((sum, { check }) => sum + check.findings.length, 0);

  const render = (group) => {
    const { shown, matched } = group;
    if (shown && shown.length === matched.length && shown.every((finding, place) => finding === matched[place])) return;
    group.shown = matched;
    for (const old of group.rows.children) watch.unobserve(old);
    const made = [];
    for (let from = 0; from < group.matched.length; from += BLOCK) {
      const block = group.matched.slice(from, from + BLOCK);
      const element = make('div', '');
      element.style.blockSize = `${block.length * ROW}px`;
      blocks.set(element, block);
      made.push(element);
    }
    group.rows.replaceChildren(...made);
    for (const element of made) watch.observe(element);
    group.element.querySelector('.body > .more')?.remove();
  };

  // What a search looks through, made once: the first search pays for it, or the idle browser before it.
  let haystacks = null;
  const prepare = () => {
    haystacks ??= groups.map(({ check }) => check.findings.map(([, , kind, , name, , places, statements, notes]) => {
      const parts = [texts[kind], texts[name]];
      for (const place of places) parts.push(texts[place]);
      for (const statement of statements) for (const part of statement) if (part) parts.push(texts[part]);
      for (const note of notes) parts.push(texts[note]);
      return parts.join(' ').toLowerCase();
    }));
    return haystacks;
  };

  const filter = () => {
    const wanted = by('text').value.toLowerCase().split(/\s+/).filter(Boolean);
    const severity = data.severities.indexOf(by('severity').value);
    const status = data.statuses.findIndex(([id]) => id === by('status').value);
    const pillar = data.pillars.indexOf(by('pillar').value);
    const service = by('service').value;
    const region = by('region').value;
    const kind = by('kind').value;
    const regionText = region ? texts.indexOf(region) : -1;
    const kindText = kind ? texts.indexOf(kind) : -1;
    const plain = !wanted.length && severity < 0 && status < 0 && regionText < 0 && kindText < 0;
    const hay = wanted.length ? prepare() : null;
    let found = 0;
    const checks = new Set();
    groups.forEach((group, number) => {
      const { check } = group;
      if ((service && check.service !== service) || (pillar >= 0 && !check.pillars.includes(pillar))) {
        group.matched = [];
      } else if (plain) {
        group.matched = check.findings;
      } else {
        const rest = wanted.filter((word) => !check.words.includes(word));
        group.matched = check.findings.filter((finding, place) =>
          (severity < 0 || finding[1] === severity)
          && (status < 0 || finding[0] === status)
          && (regionText < 0 || finding[5] === regionText)
          && (kindText < 0 || finding[3] === kindText)
          && rest.every((word) => hay[number][place].includes(word)));
      }
      found += group.matched.length;
      if (group.matched.length) checks.add(check.words);
    });
    const few = wanted.length > 0 && found <= FEW;
    for (const group of groups) {
      const { element, matched } = group;
      element.hidden = !matched.length;
      const sums = data.statuses.map(() => 0);
      for (const finding of matched) sums[finding[0]] += 1;
      const counts = data.statuses.map(([, , noun], number) => [sums[number], noun]).filter(([sum]) => sum);
      group.counts.textContent = counts.map(([sum, noun]) => `${named(sum)} ${noun}`).join(' · ');
      if (few && matched.length && !element.open) {
        element.open = true;
        group.opened = true;
      } else if (!few && group.opened) {
        element.open = false;
        group.opened = false;
      }
      if (element.open && matched.length) render(group);
    }
    const of = found === total ? '' : ` of ${named(total)}`;
    by('shown').textContent = `${named(found)}${of} ${data.noun}${total === 1 ? '' : 's'} in ${counted(checks.size, 'check')}`;
    for (const part of parts) part.hidden = !part.querySelector('details.check:not([hidden])');
    by('none').hidden = found > 0;
  };

  let waiting = 0;
  // A letter is on the screen before what it finds is.
  const later = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target.id === 'text' ? 60 : 0);
  };

  for (const group of groups) {
    group.element.addEventListener('toggle', () => {
      if (group.element.open && !printing) render(group);
    });
    group.element.querySelector('summary').addEventListener('click', () => { group.opened = false; });
  }
  form.addEventListener('input', later);
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (event) => event.preventDefault());
  by('open').addEventListener('click', () => {
    for (const { element } of groups) if (!element.hidden) element.open = true;
  });
  by('close').addEventListener('click', () => {
    for (const { element } of groups) element.open = false;
  });

  // A link to a check opens it, even one that a filter hides.
  const follow = () => {
    const target = location.hash && by(location.hash.slice(1));
    const element = target && target.closest('details.check');
    if (!element) return;
    if (element.hidden) form.reset();
    element.open = true;
    element.hidden = false;
    element.scrollIntoView();
  };
  addEventListener('hashchange', follow);

  // On paper everything is open. A check that the reader has opened has all its findings there, any other the first.
  const STANDING = 10;
  let before = [];
  addEventListener('beforeprint', () => {
    printing = true;
    before = [...document.querySelectorAll('details')].map((element) => [element, element.open]);
    for (const group of groups) {
      if (group.element.open) {
        render(group);
        for (const block of group.rows.children) fill(block);
      } else {
        const left = group.matched.length - STANDING;
        group.shown = null;
        group.rows.replaceChildren(make('ul', '', ...group.matched.slice(0, STANDING).map(row)));
        if (left > 0) group.rows.append(make('p', 'more', `and ${named(left)} more`));
      }
    }
    for (const [element] of before) element.open = true;
  });
  addEventListener('afterprint', () => {
    printing = false;
    for (const [element, open] of before) element.open = open;
    // Seen anew, blocks that were filled for the paper and are far from the window are emptied.
    for (const { rows } of groups) {
      for (const block of rows.children) {
        watch.unobserve(block);
        if (blocks.has(block)) watch.observe(block);
      }
    }
  });

  form.hidden = false;
  (window.requestIdleCallback || setTimeout)(prepare);
  filter();
  follow();
})();
