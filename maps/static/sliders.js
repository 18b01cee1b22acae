// How many links and gaps are drawn.

// Steps that grow with the number: five at a time at first, then hundreds.
function stepsTo(all, chosen, first) {
  const steps = new Set([0, chosen, all]);
  for (let n = first; n < all; n += n < 20 ? first : n < 200 ? 10 : n < 1000 ? 50 : 250) steps.add(n);
  return [...steps].sort((a, b) => a - b);
}

function addSlider(id, key, all, first, countOf) {
  const slider = document.getElementById(id);
  const steps = stepsTo(all, state[key], first);
  slider.max = String(steps.length - 1);
  slider.value = String(steps.indexOf(state[key]));
  slider.disabled = steps.length < 2;
  slider.addEventListener("input", () => change({ [key]: steps[Number(slider.value)] }));
  listen("lang strict " + key, () => {
    const [n, of] = countOf();
    const words = t("links_of", { n: formatNumber(n, 0), all: formatNumber(of, 0) });
    document.getElementById(id + "-out").textContent = words;
    slider.setAttribute("aria-valuetext", words);
  });
}

function addSliders() {
  const pool = () => (state.strict ? SIGNIFICANT : LINKS).length;
  addSlider("shown", "shown", LINKS.length, 5, () => [Math.min(state.shown, pool()), pool()]);
  const supported = GAPS.filter(isSupported).length;
  for (const node of document.querySelectorAll(".gaps-setting")) node.hidden = !supported;
  addSlider("gaps-shown", "gapsShown", supported, 1, () => [state.gapsShown, supported]);
}
