import { exists, type Gate } from '../gate.ts'
import { licenceOf, objection } from '../release/licences.ts'
import { readShipped } from '../release/shipped.ts'

/** Whoever installs art32 gets the work of others with it: only under terms that were looked at. */
export const licences: Gate = {
  name: 'licences',
  holds: 'whatever an installation runs is under a licence of the list in scripts/release/licences.ts',
  run(root) {
    if (!exists(root, 'package-lock.json')) {
      return [{ place: 'package-lock.json', says: 'is missing', remedy: 'Commit it: it says what is installed.' }]
    }
    return readShipped(root).flatMap((one) => {
      const against = objection(licenceOf(one))
      if (against === undefined) return []
      return [
        {
          place: `${one.name}@${one.version}`,
          says: against,
          remedy: 'Take another package; or read its licence, and add it to the list with the reason.',
        },
      ]
    })
  },
}
