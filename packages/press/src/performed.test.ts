import { strFromU8, unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { fullEdition } from './example-edition.ts'
import { renderDocx } from './docx.ts'
import { renderMarkdown } from './markdown.ts'
import { renderPage } from './page.ts'
import { renderPdf } from './pdf.ts'

const bare = (text: string) => text.replaceAll(/<[^>]+>|[\s\u00AD\u200B\u2060\\]|[-‐]/g, '')

describe.each([
  ['en', 'performed on time 11 of 12', 'overdue: Review the key list', 'could not look (access was denied)'],
  [
    'de',
    'rechtzeitig getan 11 von 12',
    'überfällig: Review the key list',
    'nicht einsehbar (der Zugriff wurde verweigert)',
  ],
] as const)('an edition in %s', (language, performed, overdue, denied) => {
  it('says in every form how often a duty was performed on time, what is overdue, and why a check could not look', async () => {
    const edition = fullEdition(language)
    const pdf = await getDocumentProxy((await renderPdf(edition)).slice())
    const forms = {
      pdf: (await extractText(pdf, { mergePages: true })).text,
      docx: strFromU8(unzipSync(await renderDocx(edition))['word/document.xml'] ?? new Uint8Array()),
      md: renderMarkdown(edition),
      page: renderPage(edition).html,
    }
    for (const [form, text] of Object.entries(forms))
      for (const said of [performed, overdue, denied])
        expect([form, said, bare(text).includes(bare(said))]).toEqual([form, said, true])
  })
})
