// Reads the link from the fragment of this page's address, which browsers send to nobody, and sends nothing itself.
import { encode } from '/join/uqr.js';

const tiers = {
  local: 'a local node: its parent is the community or company server above',
  regional: 'a regional node: it works beside the others and answers to central',
};
/** Fields of a link, as Nunba reads them; anything else in the fragment is left out. */
const fields = ['at', 'anchor', 'tier', 'invite', 'name', 'tls'];

const element = (id) => document.getElementById(id);

/** Browsers of before 2024 have no `URL.parse`. */
function parseUrl(text) {
  try {
    return new URL(text ?? '');
  } catch {
    return null;
  }
}

/** The link of a fragment, or a sentence that says why there is none. */
function readLink(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const at = parseUrl(given.get('at') ?? given.get('central'));
  const tier = given.get('tier') ?? '';
  if (at === null || !Object.hasOwn(tiers, tier) || !/^[0-9a-f]{64}$/.test(given.get('anchor') ?? '')) return null;
  const kept = new URLSearchParams();
  given.set('at', given.get('at') ?? given.get('central'));
  for (const field of fields) if (given.has(field)) kept.set(field, given.get(field));
  return { at, tier, name: given.get('name'), hasInvite: given.has('invite'), text: `nunba://join?${kept}` };
}

function showElsewhere(at) {
  element('broken-title').textContent = 'This link leads elsewhere';
  element('broken-text').textContent =
    `This page is of ${location.host}, but the link leads to ${at.host}. Somebody may be trying to deceive you. ` +
    'Ask whoever sent it for the page of the right server.';
}

function showInvitation(link) {
  element('broken').hidden = true;
  element('invitation').hidden = false;
  if (link.name) element('title').textContent = `Join “${link.name.slice(0, 60)}”`;
  element('name-row').hidden = !link.name;
  element('name').textContent = (link.name ?? '').slice(0, 60);
  element('server').textContent = link.at.host;
  element('tier').textContent = tiers[link.tier];
  element('invite').textContent = link.hasInvite ? 'Yes, it is in the link' : 'None: somebody there decides about you';
  element('open').href = link.text;
  element('link').value = link.text;
  element('qr').replaceChildren(drawCode(link.text));
}

/** One path of squares, with the quiet border that cameras need. */
function drawCode(text) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', squares.join(''));
  path.setAttribute('fill', '#000');
  svg.append(path);
  return svg;
}

element('open').addEventListener('click', () => {
  element('opening').textContent = 'Your browser may ask whether it may open Nunba.';
});
element('copy').addEventListener('click', async () => {
  element('link').select();
  await navigator.clipboard.writeText(element('link').value);
  element('copy').textContent = 'Copied';
});

const link = readLink(location.hash);
if (link !== null && link.at.origin === location.origin) showInvitation(link);
else if (link !== null) showElsewhere(link.at);
addEventListener('hashchange', () => location.reload());
