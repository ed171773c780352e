extension Dashboard {
    /// The page: it asks for `/status.json` every second.
    static let page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Swarm</title>
        <style>
          :root { color-scheme: light dark; --ink: #222; --paper: #fff; --faint: #8886; --p2p: #1a7f4b; --cdn: #c05a00;
                  --other: #5b6b7b; }
          @media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #16191d; } }
          body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: var(--ink); background: var(--paper); }
          h1 { font-size: 1.2rem; margin: 0 0 .5rem; }
          #summary { margin-bottom: 1rem; }
          #summary b { font-variant-numeric: tabular-nums; }
          main { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
          svg { width: min(44rem, 100%); height: auto; border: 1px solid var(--faint); border-radius: .4rem; }
          .edge { stroke: var(--p2p); stroke-width: 1.4; opacity: .55; fill: none; }
          .edge.source { stroke: var(--cdn); stroke-dasharray: 5 4; }
          .node { stroke: var(--paper); stroke-width: 2; }
          .p2p { fill: var(--p2p); } .cdn, .cdnOnly { fill: var(--cdn); } .fast, .deciding { fill: var(--other); }
          text { fill: var(--ink); font-size: 11px; text-anchor: middle; }
          table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
          th, td { padding: .15rem .55rem; text-align: right; border-bottom: 1px solid var(--faint); }
          th:first-child, td:first-child, td:nth-child(2), th:nth-child(2) { text-align: left; }
          .bad { color: #c22; font-weight: 600; }
        </style>
        <h1>Swarm</h1>
        <p id="summary" role="status">…</p>
        <main>
          <svg viewBox="0 0 700 580" role="img" aria-label="Who feeds whom">
            <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" markerHeight="6" orient="auto">
              <path d="M0 0L8 4L0 8z" fill="#1a7f4b"/></marker></defs>
            <g id="edges"></g><g id="nodes"></g>
          </svg>
          <table><thead><tr><th>peer<th>mode<th>from<th>to<th>peers<th>CDN<th>peers/s<th>CDN/s<th>stalls<th>repairs
            <th>segments<th>missing<th>start</tr></thead><tbody id="rows"></tbody></table>
        </main>
        <script>
          const svg = (name, attributes, text) => {
            const element = document.createElementNS('http://www.w3.org/2000/svg', name);
            for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
            if (text) element.textContent = text;
            return element;
          };
          const octets = n => n >= 1e9 ? (n / 1e9).toFixed(2) + ' GB' : n >= 1e6 ? (n / 1e6).toFixed(1) + ' MB'
            : n >= 1e3 ? (n / 1e3).toFixed(0) + ' kB' : n + ' B';
          // Peers in rings around the source, by how many steps their data takes from it.
          function place(peers) {
            const byID = new Map(peers.map(p => [p.id, p])), depth = new Map();
            const rank = (p, seen) => {
              if (depth.has(p.id)) return depth.get(p.id);
              if (seen.has(p.id)) return 1;
              seen.add(p.id);
              const above = p.upstream.map(id => byID.get(id)).filter(Boolean);
              const value = p.mode === 'p2p' && above.length ? 1 + Math.max(...above.map(a => rank(a, seen))) : 1;
              depth.set(p.id, value);
              return value;
            };
            const rings = [];
            for (const p of peers) (rings[rank(p, new Set())] ??= []).push(p);
            const filled = rings.filter(Boolean), places = new Map();
            filled.forEach((ring, r) => ring.forEach((p, i) => {
              const radius = 95 + (r + 0.0) * (165 / Math.max(1, filled.length - 1 || 1));
              const angle = 2 * Math.PI * (i + r * 0.5) / ring.length - Math.PI / 2;
              places.set(p.id, [350 + 1.25 * radius * Math.cos(angle), 280 + radius * Math.sin(angle)]);
            }));
            return places;
          }
          function draw({ offload, peers }) {
            const sum = key => peers.reduce((total, p) => total + p[key], 0);
            document.getElementById('summary').innerHTML =
              `<b>${peers.length}</b> peers · <b>${(100 * offload).toFixed(1)} %</b> of all octets from peers · ` +
              `<b>${octets(sum('octetsFromPeers'))}</b> from peers, <b>${octets(sum('octetsFromSources'))}</b> from the CDN · ` +
              `<b>${sum('playerStalls')}</b> player stalls, <b>${sum('missing')}</b> segments missing`;
            const places = place(peers), edges = document.getElementById('edges'), nodes = document.getElementById('nodes');
            edges.replaceChildren(); nodes.replaceChildren();
            for (const p of peers) {
              const [x, y] = places.get(p.id);
              if (p.mode !== 'p2p') edges.append(svg('path', { class: 'edge source', d: `M350 280L${x} ${y}` }));
              for (const id of p.upstream) {
                const from = places.get(id);
                if (!from) continue;
                const length = Math.hypot(x - from[0], y - from[1]) || 1, cut = 13 / length;
                const [tx, ty] = [x - (x - from[0]) * cut, y - (y - from[1]) * cut];
                const [mx, my] = [(from[0] + tx) / 2 + (ty - from[1]) * 0.12, (from[1] + ty) / 2 - (tx - from[0]) * 0.12];
                edges.append(svg('path', { class: 'edge', 'marker-end': 'url(#tip)',
                  d: `M${from[0]} ${from[1]}Q${mx} ${my} ${tx} ${ty}` }));
              }
              nodes.append(svg('circle', { class: 'node ' + p.mode, cx: x, cy: y, r: 10 }));
              nodes.append(svg('text', { x, y: y + 23 }, p.id.slice(0, 7)));
            }
            nodes.append(svg('rect', { x: 330, y: 268, width: 40, height: 24, rx: 4, class: 'cdn node' }));
            nodes.append(svg('text', { x: 350, y: 284, style: 'fill:#fff' }, 'CDN'));
            document.getElementById('rows').replaceChildren(...peers.map(p => {
              const row = document.createElement('tr');
              const cells = [p.id.slice(0, 7), p.mode, p.upstream.length, p.downstream.length, octets(p.octetsFromPeers),
                octets(p.octetsFromSources), octets(p.speedFromPeers), octets(p.speedFromSources), p.stalls, p.repairs,
                p.segments, p.missing, p.startup === null ? '–' : p.startup.toFixed(2) + ' s'];
              cells.forEach((text, i) => {
                const cell = row.insertCell();
                cell.textContent = text;
                if (i === 11 && p.missing) cell.className = 'bad';
              });
              return row;
            }));
          }
          const look = () => fetch('status.json').then(r => r.json()).then(draw)
            .catch(() => { document.getElementById('summary').textContent = 'The swarm does not answer.'; });
          look();
          setInterval(look, 1000);
        </script>

        """
}
