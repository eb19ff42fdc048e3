import { linesOf, renderDocx, renderMarkdown, renderPage, renderPdf, renderPdfs } from '../packages/press/src/index.ts'
import { longEdition } from '../packages/press/src/example-edition.ts'
import { rounded, time, type Row } from './table.ts'

const wanted = 150

/** An edition of about 150 measures as PDF and as page. */
export async function measure(): Promise<readonly Row[]> {
  const once = linesOf(longEdition('en', 1).sections).length
  const edition = longEdition('en', Math.round(wanted / once))
  const lines = linesOf(edition.sections).length
  const first = await time(() => renderPdf(edition), 1)
  const again = await time(() => renderPdf(edition))
  const both = await time(() => renderPdfs(edition))
  const word = await time(() => renderDocx(edition))
  const markdown = await time(() => renderMarkdown(edition))
  const options = { links: { pdf: '/a', json: '/b', bundle: '/c' }, stylesheetUrl: '/d', fontUrl: '/e' }
  const page = await time(() => renderPage(edition, options))
  const { byteLength } = await renderPdf(edition)
  return [
    {
      what: `PDF/UA-1 of ${lines} lines, the first one`,
      value: rounded(first),
      unit: 'ms',
      note: 'loads the typesetter',
    },
    { what: `PDF/UA-1 of ${lines} lines`, value: rounded(again), unit: 'ms' },
    {
      what: `PDF/UA-1 and PDF/A-3 of ${lines} lines`,
      value: rounded(both),
      unit: 'ms',
      note: 'one setting, each with the JSON attached',
    },
    { what: `Word document of ${lines} lines`, value: rounded(word), unit: 'ms' },
    { what: `Markdown of ${lines} lines`, value: rounded(markdown), unit: 'ms' },
    { what: `page of ${lines} lines`, value: rounded(page), unit: 'ms' },
    { what: 'size of the PDF', value: rounded(byteLength / 1_024), unit: 'KiB' },
  ]
}
