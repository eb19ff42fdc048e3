import { assurances, assuranceSigns, html, longDay, pageStyle, rawText, shortDay } from '@art32/press'
import type { Assurance, Language, Markup } from '@art32/press'
import { daysAhead, named } from './report.ts'
import type { Report, ReportLine } from './report.ts'
import { reportWords } from './report-words.ts'
import type { ReportWords } from './report-words.ts'

/** What every part of the page needs. */
interface Sheet {
  readonly report: Report
  readonly language: Language
  readonly say: ReportWords
}

const style = `${pageStyle()}
h3{display:flex;gap:.5rem;align-items:baseline;font-family:var(--sans);font-size:var(--text)}
.items{list-style:none;margin:.75rem 0 0;padding:0;max-width:calc(var(--measure) + var(--margin))}
.items>li{padding-block:.6rem;border-top:1px solid var(--rule);break-inside:avoid}
.items p{margin:0;max-width:none}
.items .about{margin-top:.15rem;white-space:normal;font:400 var(--note)/1.45 var(--sans);color:var(--quiet)}
.standing{width:100%;max-width:calc(var(--measure) + var(--margin))}
.standing td.number,.standing th.number{padding-inline:1rem 1.5rem}
.standing .says{padding-right:0;color:var(--quiet)}
.standing thead th{white-space:nowrap}
.when{font-variant-numeric:lining-nums tabular-nums}
@media print{.items,.standing{max-width:none}}
@media (max-width:46rem){.standing .says{display:none}.standing .sign{display:inline-flex;white-space:normal}.standing .glyph{flex:none}}
`

/** A report as one complete HTML document: readable without a network and without script, made to be printed. */
export function renderReport(report: Report, language: Language): string {
  const say = reportWords[language]
  const sheet: Sheet = { report, language, say }
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${report.tenant.name} – ${say.title}, ${longDay(report.at, language)}</title>
        <style>
          ${rawText(style)}
        </style>
      </head>
      <body>
        <div class="sheet">
          <header>
            <p class="over">${report.tenant.name}</p>
            <h1>${say.title}</h1>
            <p class="lead">${longDay(report.at, language)}</p>
          </header>
          <main>
            ${report.register ? standing(sheet, report.register) : html`<p>${say.noRegister}</p>`}
            ${report.register ? notAsPromised(sheet, report.register) : null} ${findings(sheet)} ${dues(sheet)}
          </main>
          <footer class="back">${say.limits.map((limit) => html`<p>${limit}</p> `)}</footer>
        </div>
      </body>
    </html> `.markup
}

type Standing = NonNullable<Report['register']>

function standing({ report: { edition }, language, say }: Sheet, register: Standing): Markup {
  const shown = assurances.filter((one) => register.counts[one] > 0 || (edition && edition.counts[one] > 0))
  return html`<section>
    <h2>${say.stands}</h2>
    <p>${say.lines(register.lines, register.unconfirmed)}</p>
    <p>${edition ? say.published(longDay(edition.at, language)) : say.neverPublished}</p>
    ${
      shown.length === 0
        ? null
        : html`<table class="standing">
            <thead>
              <tr>
                <th scope="col">${say.assurance}</th>
                <th scope="col" class="number">${say.now}</th>
                ${edition ? html`<th scope="col" class="number">${say.edition(edition.number)}</th>` : null}
                <td></td>
              </tr>
            </thead>
            <tbody>
              ${shown.map(
                (one) =>
                  html`<tr>
                    <th scope="row">${sign(one, language)}</th>
                    <td class="number">${register.counts[one]}</td>
                    ${edition ? html`<td class="number">${edition.counts[one]}</td>` : null}
                    <td class="says">${say.meaning[one]}</td>
                  </tr> `,
              )}
            </tbody>
          </table>`
    }
  </section>`
}

/** Glyph, word and colour together; the glyph is decoration for who hears the page. */
function sign(assurance: Assurance, language: Language): Markup {
  const { glyph, tone, word } = assuranceSigns[assurance]
  return html`<span class="sign ${tone}"
    ><span class="glyph" aria-hidden="true">${glyph}</span> ${word[language]}</span
  >`
}

function notAsPromised({ language, say }: Sheet, register: Standing): Markup {
  const groups = named.filter((one) => register.counts[one] > 0)
  return html`<section>
    <h2>${say.named}</h2>
    ${groups.length === 0 ? html`<p>${say.nothingNamed}</p>` : null}
    ${groups.map(
      (one) =>
        html`<h3>${sign(one, language)} ${register.counts[one]}</h3>
          <ul class="items">
            ${register.named
              .filter(({ assurance }) => assurance === one)
              .map(
                (line) =>
                  html`<li>
                    <p lang="${register.language}">${line.text}</p>
                    <p class="about">${aboutLine(line, say)}</p>
                  </li> `,
              )}
          </ul>`,
    )}
  </section>`
}

function aboutLine({ section, page, line, owner, next }: ReportLine, say: ReportWords): string {
  const place = page === null ? `${say.line} ${line}` : `${say.page} ${page}`
  return [
    [section, place].filter((part) => part !== '').join(', '),
    `${say.owner}: ${owner ?? say.nobody}`,
    ...(next === 'none' ? [] : [`${say.next}: ${say.steps[next]}`]),
  ].join(' · ')
}

function findings({ report, language, say }: Sheet): Markup {
  const severities = (['critical', 'high', 'medium', 'low'] as const).map((severity) => ({
    severity,
    all: report.findings.filter((finding) => finding.severity === severity),
  }))
  const today = report.at.slice(0, 10)
  const due = (day: string | null) => (day === null ? say.noDay : `${say.dueOn} ${shortDay(day, language)}`)
  return html`<section>
    <h2>${say.findings}</h2>
    ${report.findings.length === 0 ? html`<p>${say.noFindings}</p>` : null}
    ${severities
      .filter(({ all }) => all.length > 0)
      .map(
        ({ severity, all }) =>
          html`<h3>${say.severity[severity]} ${all.length}</h3>
            <ul class="items">
              ${all.map(
                (finding) =>
                  html`<li>
                    <p>${finding.title[language]}: ${finding.say[language]}</p>
                    ${
                      finding.exception
                        ? html`<p>
                            ${say.exception(shortDay(finding.exception.until, language))} ${finding.exception.reason}
                          </p>`
                        : null
                    }
                    <p class="about">
                      ${say.on} ${finding.systemName} · ${due(finding.due)}${late(finding.due, today, say)} ·
                      ${say.owner}: ${finding.owner ?? say.nobody}
                    </p>
                  </li> `,
              )}
            </ul>`,
      )}
  </section>`
}

function late(day: string | null, today: string, say: ReportWords): Markup | null {
  return day !== null && day < today ? html` <strong class="bad">${say.overdue}</strong>` : null
}

function dues({ report, language, say }: Sheet): Markup {
  const today = report.at.slice(0, 10)
  return html`<section>
    <h2>${say.due(daysAhead)}</h2>
    ${
      report.dues.length === 0
        ? html`<p>${say.nothingDue}</p>`
        : html`<ul class="items">
            ${report.dues.map(
              ({ day, kind, what }) =>
                html`<li>
                  <p>${what[language]}</p>
                  <p class="about">
                    <time class="when" datetime="${day}">${shortDay(day, language)}</time>${late(day, today, say)} ·
                    ${say.dues[kind]}
                  </p>
                </li> `,
            )}
          </ul>`
    }
  </section>`
}
