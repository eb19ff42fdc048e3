import type { EditionDocument } from '../edition.ts'
import { canonicalJson } from '../edition.ts'
import { oscalFileName } from './models.ts'
import type { OscalModel } from './models.ts'
import { known, markup, markupLine, moment, oneLine, oscalVersion, prop } from './pieces.ts'
import type { Prop } from './pieces.ts'
import type { Scene } from './scene.ts'

/** What every file begins with: its UUID, which changes with the edition, and who publishes what since when. */
export function headOf(scene: Scene, model: OscalModel): { uuid: string; metadata: object } {
  const { edition, say, id } = scene
  const made = madeAt(edition)
  return {
    uuid: id('document', model, canonicalJson(edition)),
    metadata: {
      title: markupLine(`${edition.title} – ${edition.tenant.name}: ${say.title[model]}`),
      ...(edition.state === 'edition' ? { published: made } : {}),
      'last-modified': made,
      version: versionOf(edition),
      'oscal-version': oscalVersion,
      ...(model === 'catalog' ? revisionsOf(edition) : {}),
      props: editionProps(edition),
      roles: [
        { id: 'creator', title: say.creator },
        ...[...scene.roles].map(([owner, role]) => ({ id: role, title: markupLine(owner) })),
      ],
      parties: [{ uuid: partyId(scene), type: 'organization', name: oneLine(edition.tenant.name) || '–' }],
      'responsible-parties': [{ 'role-id': 'creator', 'party-uuids': [partyId(scene)] }],
      ...known({ remarks: edition.limits.map(markup).join('\n\n') }),
    },
  }
}

/** The publisher. */
export function partyId({ id }: Scene): string {
  return id('party')
}

/** When the edition was made. @throws {RangeError} a time that OSCAL cannot write */
export function madeAt({ date }: EditionDocument): string {
  const made = moment(date)
  if (made === undefined)
    throw new RangeError('OSCAL takes times from the year 1900 to 2999: the date of the edition is none.')
  return made
}

function versionOf({ number, date }: EditionDocument): string {
  return number === null ? `draft-${date}` : String(number)
}

function editionProps(edition: EditionDocument): Prop[] {
  const { ledger, source, review, withheld } = edition
  return [
    ...prop('format', edition.format),
    ...prop('tenant', edition.tenant.publicId),
    ...prop('state', edition.state),
    ...prop('language', edition.language),
    ...prop('scope', edition.scope),
    ...edition.legalFrame.flatMap((provision) => prop('legal-frame', provision)),
    ...prop('source-name', source?.name),
    ...prop('source-sha256', source?.sha256),
    ...prop('source-read-at', source?.readAt),
    ...prop('reviewed-by', review?.by),
    ...prop('reviewed-at', review?.at),
    ...prop('lines', edition.counts.lines),
    ...prop('withheld-customers', withheld.customers),
    ...prop('withheld-auditors', withheld.auditors),
    ...prop('ledger-origin', ledger.origin),
    ...prop('ledger-size', ledger.size),
    ...prop('ledger-root', ledger.root),
    ...prop('ledger-key', ledger.key),
  ]
}

/** The edition before, with how many lines became what since. */
function revisionsOf({ changes }: EditionDocument): { revisions?: object[] } {
  if (changes === undefined) return {}
  const counts = Object.entries(changes.counts).flatMap(([kind, count]) => prop(`since-${kind}`, count))
  return {
    revisions: [{ version: String(changes.since), ...known({ published: moment(changes.date) }), props: counts }],
  }
}

/** What a file refers to beside itself. */
export type Beside = 'edition' | 'bundle' | 'checkpoint' | OscalModel

/** The reference to something beside, as it stands in the text: `#` and the UUID of the resource. */
export function referTo(scene: Scene, beside: Beside): string {
  return `#${resourceId(scene, beside)}`
}

/** The UUID of the resource that something beside is. */
function resourceId({ id }: Scene, beside: Beside): string {
  return id('resource', beside)
}

/** The resources at the end of a file; addresses are relative, as the files lie beside each other. */
export function backOf(scene: Scene, beside: readonly Beside[], more: readonly object[] = []): object {
  return { 'back-matter': { resources: [...beside.flatMap((one) => resource(scene, one)), ...more] } }
}

function resource(scene: Scene, beside: Beside): object[] {
  const { say, edition } = scene
  const uuid = resourceId(scene, beside)
  const linked = (title: string, href: string, type: string, more: object = {}) => [
    { uuid, title, ...more, rlinks: [{ href, 'media-type': type }] },
  ]
  switch (beside) {
    case 'edition':
      return linked(say.edition, 'edition.json', 'application/json')
    case 'bundle':
      return linked(say.bundle, 'bundle.zip', 'application/zip', { description: say.bundleText })
    case 'checkpoint':
      return edition.ledger.checkpoint === ''
        ? []
        : [
            {
              uuid,
              title: say.checkpoint,
              base64: {
                filename: 'checkpoint.txt',
                'media-type': 'text/plain',
                value: base64(edition.ledger.checkpoint),
              },
            },
          ]
    default:
      return linked(say.title[beside], oscalFileName(beside), 'application/json')
  }
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
