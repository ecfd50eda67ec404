/** For paper first: light only, A4 and Letter, rows that do not break, headers repeated on every page. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 62rem; background: #fff; color: #16191f;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.7rem; line-height: 1.2; text-wrap: balance; }
h2 { margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 2px solid #16191f; font-size: 1.25rem; line-height: 1.3; }
h2 .objective { display: inline-block; margin-right: .4rem; font-variant-numeric: tabular-nums; }
h3 { margin: 1.5rem 0 .4rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 78ch; }
a { color: #0b4fa8; }
code { font: .85em/1.4 ui-monospace, "Cascadia Mono", Menlo, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.kicker { margin: 0 0 .75rem; color: #4a5160; font-size: .85rem; }
.header { margin: 1rem 0; padding: .6rem .8rem; border-left: 4px solid #4a5160; background: #f3f4f6; max-width: none; font-size: .9rem; }
.state { margin: 1.25rem 0 0; padding: .8rem 1rem; border: 1px solid #16191f; border-left-width: 8px; }
.state strong { display: block; font-size: 1.1rem; }
.state ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.counts { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1px; max-width: none; margin: 1rem 0; padding: 0;
  border: 1px solid #c3c8d1; background: #c3c8d1; list-style: none; }
.counts li { padding: .6rem .8rem; background: #fff; font-size: .85rem; color: #4a5160; }
.counts b { display: block; color: #16191f; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.attention { border-left: 8px solid #a4262c; padding-left: 1rem; }
.answer { padding: .6rem .8rem; background: #f3f4f6; max-width: none; }
.file { white-space: nowrap; }
.none { color: #4a5160; font-style: italic; }
.control { padding: 0 .2em; border: 1px solid #a4262c; font-size: .75em; color: #a4262c; }
dl { margin: .75rem 0; }
dl div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid #e2e5ea; }
dt { color: #4a5160; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; margin: .75rem 0 1.25rem; border-collapse: collapse; font-size: .85rem; }
caption { padding: .3rem 0; font-size: .95rem; text-align: left; font-weight: 600; }
th { padding: .35rem .5rem; border-bottom: 2px solid #16191f; text-align: left; vertical-align: bottom; }
td { padding: .4rem .5rem; min-width: 7rem; border-bottom: 1px solid #c3c8d1; vertical-align: top; overflow-wrap: anywhere; }
td:first-child code { overflow-wrap: normal; } td:first-child { min-width: 0; white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
td:first-child .wraps { white-space: normal; overflow-wrap: anywhere; }
ol, ul:not(.counts) { max-width: 78ch; }
@media (max-width: 40rem) { dl div { grid-template-columns: 1fr; } body { padding: 1rem; } .counts { grid-template-columns: 1fr 1fr; }
  .wide { overflow-x: auto; } }
@page { margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; } h1 { font-size: 16pt; } h2 { margin-top: 1.5rem; font-size: 13pt; }
  table { font-size: 8pt; } dl div { grid-template-columns: 10rem 1fr; padding: .15rem 0; } thead { display: table-header-group; }
  tr, .state, .counts, .answer, dl div { break-inside: avoid; }
  h2, h3, caption, thead, .answer { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
