import { exists, read, type Gate } from '../gate.ts'
import { makePages } from '../reference-pages.ts'

/** Pages that are made from code are committed, for readers without a checkout, and never older than the code. */
export const generated: Gate = {
  name: 'generated',
  holds: 'committed reference pages are what the code makes',
  async run(root) {
    const { pages, missing } = await makePages(root)
    const stale = [...pages].filter(([file, text]) => !exists(root, file) || read(root, file) !== text)
    return [
      ...missing.map((says) => ({
        place: 'scripts/reference-pages.ts',
        says,
        remedy: 'Export it, or drop the entry.',
      })),
      ...stale.map(([file]) => ({ place: file, says: 'is older than the code', remedy: 'npm run docs' })),
    ]
  },
}
