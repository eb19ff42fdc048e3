import { linesOf, renderPage, renderPdf } from '../packages/press/src/index.ts'
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
    { what: `page of ${lines} lines`, value: rounded(page), unit: 'ms' },
    { what: 'size of the PDF', value: rounded(byteLength / 1_024), unit: 'KiB' },
  ]
}
