// What sticks out, and what is too small for people who see badly or have unsteady hands; see
// test_letters.py for the rules. A link within a sentence is no target: it cannot be higher than its line.
({ letters, target }) => {
  const told = (what, one) => `${what}: ${one.outerHTML.slice(0, 110)}`;
  const seen = (one) => one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
  const faults = [];
  for (const one of document.querySelectorAll("details:not([name])")) { one.open = true; } // no menu

  for (const one of document.querySelectorAll("body *")) {
    if (seen(one) && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, pre")) {
      faults.push(told("sticks out", one));
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const measured = new Set();
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || measured.has(one) || !seen(one) || one.closest(".skip, script, svg")) { continue; }
    measured.add(one);
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    if (size < letters - 0.5) { faults.push(told(`letters of ${size} px`, one)); }
    if (parseFloat(style.lineHeight) / size < 1.295) { faults.push(told(`lines of ${style.lineHeight}`, one)); }
  }

  // How far one may miss the middle of a target and still hit it, by asking the page itself.
  const hits = (one, x, y) => {
    const found = document.elementFromPoint(x, y);
    return found !== null && (found === one || one.contains(found) || found.closest("label") === one);
  };
  const reach = (one, x, y, right, down, most) => {
    let far = 0;
    while (far < most && hits(one, x + (far + 1) * right, y + (far + 1) * down)) { far += 1; }
    return far;
  };
  const extent = (one, x, y, right, down) => {
    const half = target / 2;
    if (hits(one, x - half * right, y - half * down) && hits(one, x + half * right, y + half * down)) { return target; }
    return reach(one, x, y, -right, -down, target) + reach(one, x, y, right, down, target) + 1;
  };
  const inSentence = (one) =>
    one.tagName === "A" && getComputedStyle(one).display === "inline" &&
    one.parentElement.textContent.trim() !== one.textContent.trim();
  const targets = "a[href], button, summary, select, textarea, label.pick, input:not([type=hidden])";
  for (const one of document.querySelectorAll(targets)) {
    const boxed = one.tagName === "INPUT" && one.closest("label");
    if (!seen(one) || boxed || one.closest(".skip") || (inSentence(one) && getComputedStyle(one, "::after").content === "none")) { continue; }
    one.scrollIntoView({ block: "center" });
    const box = one.getClientRects()[0];
    const x = Math.min(box.left + box.width / 2, innerWidth - 1);
    const y = box.top + box.height / 2;
    const high = extent(one, x, y, 0, 1);
    const wide = extent(one, x, y, 1, 0);
    if (Math.min(high, wide) < target - 0.5) { faults.push(told(`${wide} by ${high} px`, one)); }
  }
  return faults;
}
