/** The style sheet of the reference page. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
* { box-sizing: border-box; }
body { margin: 0; display: flex; font: 15px/1.5 system-ui, sans-serif; }
nav { position: sticky; top: 0; width: 21rem; height: 100vh; flex: none; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); }
main { min-width: 0; flex: 1; max-width: 60rem; padding: 1rem 2rem 6rem; }
h1 { font-size: 1.2rem; margin: 0; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
nav h2 { margin: 1rem 0 .25rem; font-size: .85rem; text-transform: uppercase; letter-spacing: .05em; opacity: .7; }
nav ul { list-style: none; margin: 0; padding: 0; font-size: .85rem; }
nav a { display: block; padding: .15rem 0; text-decoration: none; overflow-wrap: anywhere; }
section { padding: 1rem 0; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .25rem; font-size: .9rem; }
table { width: 100%; border-collapse: collapse; font-size: .85rem; display: block; overflow-x: auto; }
th, td { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; font-size: .9em; }
.method { display: inline-block; min-width: 4rem; font: 600 .8rem ui-monospace, monospace; }
.get { color: #0a7d4f; } .post { color: #1d5fd0; } .put { color: #a86400; } .delete { color: #c0312b; }
small { opacity: .75; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; width: auto; height: auto; border: 0; } main { padding: 1rem; } }
`;
