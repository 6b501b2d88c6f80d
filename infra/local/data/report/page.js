// Plotly paints text itself: when the reader's system goes dark or light, its colours must follow.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
function paint() {
  const text = dark.matches ? "#f2f0ea" : "#1b1b18";
  const grid = dark.matches ? "#2c2c33" : "#e8e6de";
  const ground = dark.matches ? "#212126" : "#f6f4ee";
  for (const chart of document.querySelectorAll(".plotly-graph-div")) {
    const change = {"font.color": text, "hoverlabel.bgcolor": ground, "hoverlabel.font.color": text};
    for (const name of Object.keys(chart.layout).filter((key) => /^[xy]axis/.test(key))) {
      change[`${name}.gridcolor`] = grid;
      change[`${name}.zerolinecolor`] = grid;
    }
    if (chart.layout.coloraxis) change["coloraxis.colorscale"] = dark.matches ? HEAT_DARK : HEAT_LIGHT;
    Plotly.relayout(chart, change);
    const filled = [...chart.data.keys()].filter((place) => chart.data[place].meta);
    const shade = dark.matches ? "dark" : "light";
    if (filled.length) Plotly.restyle(chart, {fillcolor: filled.map((place) => chart.data[place].meta[shade])}, filled);
  }
}
dark.addEventListener("change", paint);
window.addEventListener("load", paint);
