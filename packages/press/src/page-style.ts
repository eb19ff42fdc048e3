import { followingStyle } from './following.ts'
import { orderStyle } from './page-orders.ts'
import { look } from './look.ts'
import type { Scheme } from './look.ts'
import type { Accent } from './letterhead.ts'

/**
 * The stylesheet of the public page and of other printable pages. It requests nothing, unless the caller serves the
 * document's font itself.
 *
 * @param fontUrl  path of the Source Serif 4 file on the same host, such as `/fonts/source-serif-4.woff2`
 * @param accent  colour of the headings; without one they have that of the text
 * @throws RangeError for a URL that is not a plain path on the same host, and for a colour that is not `#rrggbb`
 */
export function pageStyle(fontUrl?: string, accent?: Accent): string {
  return `${fontUrl === undefined ? '' : fontFace(fontUrl)}${tokens()}${accent === undefined ? '' : accented(accent)}${rules}${followingStyle}${orderStyle}`
}

function accented({ light, dark }: Accent): string {
  if (![light, dark].every((colour) => /^#[0-9a-f]{6}$/.test(colour)))
    throw new RangeError('The accent must be two colours of the form #rrggbb.')
  return `:root{--accent:${light}}
@media (prefers-color-scheme:dark){:root{--accent:${dark}}}
@media print{:root{--accent:${light}}}
`
}

function fontFace(url: string): string {
  if (!/^\/(?!\/)[\w./-]+$/.test(url))
    throw new RangeError('The font must be a plain path on the same host, such as /fonts/serif.woff2.')
  return `@font-face{font-family:'Source Serif 4 Variable';font-style:normal;font-display:swap;font-weight:200 900;src:url(${url}) format('woff2')}\n`
}

function tokens(): string {
  const { colours, fonts, scale, lineHeight, widths } = look
  return `:root{color-scheme:light dark;${properties(colours.light)}
--serif:${fonts.document};--sans:${fonts.interface};--code:${fonts.code};
--note:${scale.note}rem;--small:${scale.small}rem;--text:${scale.text}rem;--h3:${scale.h3}rem;--h2:${scale.h2}rem;--h1:${scale.h1}rem;
--leading:${lineHeight.text};--tight:${lineHeight.heading};
--measure:${widths.measure}rem;--margin:${widths.proofMargin}rem;--gutter:${widths.gutter}rem}
@media (prefers-color-scheme:dark){:root{${properties(colours.dark)}}}
@media print{:root{color-scheme:light;${properties({ ...colours.light, paper: '#ffffff', surface: '#ffffff' })}}}
`
}

function properties(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, value]) => `--${name}:${value};`)
    .join('')
}

const rules = `*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 var(--text)/var(--leading) var(--serif);font-optical-sizing:auto;hanging-punctuation:first;overflow-wrap:anywhere;text-rendering:optimizeLegibility}
a{color:inherit;text-decoration-thickness:.06em;text-underline-offset:.18em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:.15rem solid var(--ink);outline-offset:.2rem;border-radius:.15rem}
.skip{position:absolute;left:-100vw;top:0;padding:.75rem 1rem;background:var(--ink);color:var(--paper);font-family:var(--sans);z-index:1}
.skip:focus{left:0}
.sheet{width:min(100% - 3rem,calc(var(--measure) + var(--gutter) + var(--margin)));margin-inline:auto;padding-block:3rem 4rem}
h1,h2,.over{color:var(--accent,inherit)}
.logo{display:block;width:auto;height:auto;max-width:min(100%,16rem);max-height:4rem;margin-bottom:1.5rem;object-fit:contain;object-position:left}
h1,h2,h3,h4{font-weight:600;line-height:var(--tight);text-wrap:balance;margin:0}
h1{font-size:var(--h1);letter-spacing:-.012em;max-width:var(--measure)}
h2{font-size:var(--h2);margin-top:3rem;letter-spacing:-.006em}
h3,h4{font-size:var(--h3);margin-top:2rem}
h4{font-size:var(--text)}
p{margin:.75rem 0 0;max-width:var(--measure);text-wrap:pretty;white-space:pre-line}
.over{font:600 var(--small)/var(--leading) var(--sans);margin:0 0 .5rem}
.lead{font-style:italic;color:var(--quiet);margin-top:.75rem}
.draft{margin-bottom:2rem;padding:.75rem 1rem;border:1px solid var(--edge);font:400 var(--small)/var(--leading) var(--sans);max-width:none}
.draft strong{font-weight:600}
.frame{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.5rem;margin:2rem 0 0;padding-top:1rem;border-top:1px solid var(--rule);font:400 var(--small)/var(--leading) var(--sans)}
.frame dt{color:var(--quiet)}
.frame dd{margin:0}
.glance{margin-top:3rem;padding-block:1rem 1.5rem;border-block:1px solid var(--rule);font-family:var(--sans)}
.glance h2{margin:0;font:600 var(--text)/var(--tight) var(--serif)}
.glance p{font-size:var(--small);max-width:none;margin-top:.5rem;color:var(--quiet)}
.legend{list-style:none;display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1rem 1.5rem;margin:1rem 0 0;padding:0;font-size:var(--note);line-height:1.4}
.legend .number{display:block;font:400 var(--h1)/1.1 var(--serif);font-variant-numeric:lining-nums tabular-nums}
.legend .sign{font-size:var(--small)}
.legend .says{display:block;color:var(--quiet);margin-top:.25rem}
.sign{font-weight:600;white-space:nowrap}
.sign .glyph{display:inline-block;width:1.25em;font-family:'DejaVu Sans','Segoe UI Symbol','Apple Symbols','Noto Sans Symbols 2',var(--sans);font-weight:400}
.good{color:var(--good)}.vouched{color:var(--vouched)}.plain{color:var(--plain)}.waiting{color:var(--waiting)}.bad{color:var(--bad)}
.contents{margin-top:2rem;font:400 var(--small)/1.7 var(--sans)}
.contents h2{font:600 var(--small)/1.7 var(--sans);margin:0;letter-spacing:0}
.contents ol{margin:0;padding:0;list-style:none;columns:2;column-gap:var(--gutter)}
.contents li{break-inside:avoid}
.contents .level-2,.contents .level-3,.contents .level-4{padding-left:1.25em}
.contents a{text-decoration:none}
.contents a:hover{text-decoration:underline}
.line{display:grid;grid-template-columns:minmax(0,var(--measure)) var(--margin);column-gap:var(--gutter);margin-top:1rem;scroll-margin-top:1rem}
.line>p{margin:0}
.line:target{background:var(--surface);box-shadow:0 0 0 .5rem var(--surface)}
.aside{font-style:italic;color:var(--quiet)}
.proof{font:400 var(--note)/1.45 var(--sans);min-width:0}
.proof>summary{cursor:pointer;list-style:none;padding:.25rem 0 .25rem .75rem;border-left:2px solid var(--rule)}
.proof>summary::-webkit-details-marker{display:none}
.proof>summary:hover,.proof[open]>summary{border-left-color:var(--edge)}
.proof>summary .sign{font-size:var(--small);white-space:normal}
.proof>summary .when{display:block;color:var(--quiet);font-variant-numeric:lining-nums tabular-nums}
.proof>summary .now{color:var(--ink)}
.panel{margin:.5rem 0 .5rem;padding:1rem 1rem 1rem;background:var(--surface);border-radius:.2rem}
.panel p{margin:0;max-width:none;font:inherit}
.panel p+ul,.panel ul+p,.panel ul+dl,.panel p+dl,.panel p+p{margin-top:.75rem}
.panel ul{list-style:none;margin:0;padding:0}
.panel li+li{margin-top:.75rem}
.panel .backing{margin-top:.25rem}
.panel .backing li{margin:.25rem 0 0;display:grid;grid-template-columns:minmax(0,1fr) max-content max-content;gap:0 1rem;font-variant-numeric:lining-nums tabular-nums}
.panel .measure{font-weight:600}
.panel .quiet{color:var(--quiet)}
.panel dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:0}
.panel dt{color:var(--quiet)}
.panel dd{margin:0}
@supports selector(::details-content){
.proof{display:contents}
.proof>summary{grid-column:2;align-self:start;font:400 var(--note)/1.45 var(--sans)}
.proof::details-content{grid-column:1/-1;font:400 var(--note)/1.45 var(--sans);min-width:0}
}
.back{margin-top:4rem;padding-top:.25rem;border-top:1px solid var(--rule)}
.back p,.back li{font-size:var(--small)}
.back section{max-width:none}
pre,code{font-family:var(--code);font-size:.85em}
pre{margin:.75rem 0 0;padding:.75rem 1rem;background:var(--surface);white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.2rem}
table{border-collapse:collapse;margin-top:.75rem;font:400 var(--small)/1.5 var(--sans);font-variant-numeric:lining-nums tabular-nums}
th,td{text-align:left;padding:.25rem 2rem .25rem 0;border-bottom:1px solid var(--rule);font-weight:400}
thead th{color:var(--quiet)}
td.number,th.number{text-align:right;padding-right:0}
.files{list-style:none;margin:.75rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;font-family:var(--sans)}
.limits{margin:.75rem 0 0;padding-left:1.1em;max-width:var(--measure)}
.limits li+li{margin-top:.25rem}
.colophon{margin-top:3rem;color:var(--quiet)}
@media (max-width:${look.widths.phone}rem){
.sheet{width:min(100% - 2.5rem,var(--measure));padding-block:1.5rem 3rem}
h1{font-size:min(calc(var(--h1)*.8),7vw)}h2{font-size:calc(var(--h2)*.9)}
:lang(de) :is(h1,h2,h3){hyphens:auto}
th .sign{display:inline-flex;white-space:normal}th .glyph{flex:none}
.frame{grid-template-columns:1fr;gap:0}.frame dd{margin-bottom:.5rem}
.legend{grid-template-columns:repeat(2,minmax(0,1fr))}
.contents ol{columns:1}
.line{grid-template-columns:minmax(0,1fr);margin-top:1rem}
.proof>summary{grid-column:1;margin-top:.5rem;padding-block:.25rem}
.proof>summary .when{display:inline;margin-left:.6em}
.panel .backing li{grid-template-columns:minmax(0,1fr) max-content}
.panel dl{grid-template-columns:1fr;gap:0}.panel dd{margin-bottom:.5rem}
}
@media (prefers-color-scheme:dark){.logo{padding:.5rem .75rem;background:#fff;border-radius:.2rem}}
@media print{
.logo{padding:0;max-height:16mm;max-width:70mm}
@page{size:A4;margin:20mm 18mm 22mm}
html{font-size:62.5%}
body{font-size:10.5pt}
.sheet{width:auto;padding:0}
.skip,.contents,.files{display:none}
p,.limits{max-width:none}
.line{grid-template-columns:minmax(0,1fr) 42mm;column-gap:7mm;break-inside:avoid}
h2,h3,h4{break-after:avoid}
.panel,pre{border:1px solid var(--rule)}
.draft{border-color:var(--ink)}
}
@media (forced-colors:active){.proof>summary{border-left-color:CanvasText}}
`
