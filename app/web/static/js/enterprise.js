// Fills the lists of regions and shows the size class as one types; without this script a button does the first and the server the second.
(() => {
  const form = document.querySelector("[data-enterprise]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  form.querySelector(".no-script").hidden = true;

  const fill = (select, regions) => {
    select.length = 1;
    for (const region of regions) select.add(new Option(region.name, region.code));
    select.disabled = regions.length === 0;
  };
  const load = async (above, select) => {
    fill(select, []);
    if (!above) return;
    const response = await fetch(`/organisations/regions?above=${encodeURIComponent(above)}`, { headers: { Accept: "application/json" } });
    if (response.ok) fill(select, await response.json());
  };
  field("province").addEventListener("change", async (event) => {
    fill(field("county"), []);
    await load(event.target.value, field("prefecture"));
  });
  field("prefecture").addEventListener("change", (event) => load(event.target.value, field("county")));
  for (const name of ["prefecture", "county"]) field(name).disabled = field(name).length === 1;

  const size = document.getElementById("size");
  let latest = 0;
  const show = async () => {
    const turn = ++latest;
    const query = new URLSearchParams({ staff: field("staff").value, revenue: field("revenue").value });
    const response = await fetch(`/organisations/size?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok || turn !== latest) return;
    const found = (await response.json()).size;
    size.hidden = !found;
    size.textContent = found ? size.dataset.label + found : "";
  };
  for (const name of ["staff", "revenue"]) field(name).addEventListener("input", show);
})();
