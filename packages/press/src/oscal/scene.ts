import { headingLevels } from '../edition.ts'
import type { EditionDocument, Line, Section } from '../edition.ts'
import { componentsOf } from './components.ts'
import type { Component } from './components.ts'
import { markupLine, namer, oneLine, prop, Tokens } from './pieces.ts'
import type { Namer, Prop, Sha1 } from './pieces.ts'
import { oscalWords } from './words.ts'
import type { OscalWords } from './words.ts'

/** What the catalogue knows of a measure; the edition itself holds only its id and title. */
export interface OscalMeasure {
  readonly title: Readonly<Record<'en' | 'de', string>>
  readonly description: Readonly<Record<'en' | 'de', string>>
  readonly goal: string
  readonly control: string
  readonly kind: string
  /** Letters of Art. 32(1) GDPR. */
  readonly art32: readonly string[]
  /** Provisions and controls of standards, by standard. */
  readonly refs: Readonly<Record<string, readonly string[]>>
}

/** What writing OSCAL needs beside the edition. */
export interface OscalDependencies {
  readonly sha1: Sha1
  /** A measure of the catalogue; undefined for one that it does not have. */
  readonly measureOf: (id: string) => OscalMeasure | undefined
}

/** A line with the names under which the four files speak of it. */
export interface Item {
  readonly line: Line
  /** Id of its control; the same in all four files. */
  readonly control: string
  /** Ids of its statement, and of the measures in it. */
  readonly statement: string
  readonly parts: readonly string[]
  /** `1.2`: the second line of the first chapter. */
  readonly label: string
  readonly title: string
  readonly params: readonly { readonly id: string; readonly name: string; readonly values: readonly string[] }[]
}

/** A section with its place in the tree of groups. */
export interface Chapter {
  readonly id: string
  /** Id of the group in which its own lines stand where it has chapters below. */
  readonly own: string
  /** Ids of its running texts. */
  readonly texts: readonly string[]
  readonly section: Section
  readonly level: number
  readonly items: readonly Item[]
}

/** An edition, named for OSCAL: what all four files share. */
export interface Scene {
  readonly edition: EditionDocument
  readonly say: OscalWords
  readonly measureOf: OscalDependencies['measureOf']
  /** UUID of something of this tenant: the same in every edition. */
  readonly id: Namer
  readonly chapters: readonly Chapter[]
  readonly items: readonly Item[]
  readonly components: readonly Component[]
  /** Role ids by the owner's role in words. */
  readonly roles: ReadonlyMap<string, string>
}

/** Names everything in an edition. */
export function sceneOf(edition: EditionDocument, { sha1, measureOf }: OscalDependencies): Scene {
  const make = namer(sha1)
  // Two tenants have different logs; a document that is no tenant's yet has neither.
  const id: Namer = (...name) => make(edition.tenant.publicId, edition.ledger.origin, ...name)
  const tokens = new Tokens()
  const levels = headingLevels(edition.sections)
  const chapters = edition.sections.map((section, index): Chapter => {
    const lines = section.blocks.filter((block) => block.kind === 'line')
    const id = tokens.take('group-', section.id)
    return {
      id,
      own: tokens.take(id, '_own'),
      texts: section.blocks.flatMap(({ kind }) => (kind === 'text' ? [tokens.take(id, '_text')] : [])),
      section,
      level: levels[index] ?? 1,
      items: lines.map((line, place) => itemOf(line, `${index + 1}.${place + 1}`, tokens)),
    }
  })
  const items = chapters.flatMap((chapter) => chapter.items)
  const say = oscalWords[edition.language]
  return {
    edition,
    say,
    measureOf,
    id,
    chapters,
    items,
    components: componentsOf(edition, items, say, id),
    roles: rolesOf(items),
  }
}

function itemOf(line: Line, label: string, tokens: Tokens): Item {
  const control = tokens.take('line-', line.id)
  const titles = [...new Set(line.parts.map(({ title }) => oneLine(title)).filter((title) => title !== ''))]
  const statement = tokens.take(control, '_smt')
  return {
    line,
    control,
    statement,
    parts: line.parts.map(() => tokens.take(statement, '_item')),
    label,
    title: markupLine(titles.join(' · ') || line.text),
    params: Object.entries(line.parameters ?? {}).flatMap(([name, value]) => {
      const values = (Array.isArray(value) ? value : [value])
        .map((one) => oneLine(String(one)))
        .filter((one) => one !== '')
      return values.length === 0 ? [] : [{ id: tokens.take(`${control}_prm_`, name), name, values }]
    }),
  }
}

function rolesOf(items: readonly Item[]): ReadonlyMap<string, string> {
  const tokens = new Tokens()
  const owners = new Set(items.flatMap(({ line }) => oneLine(line.owner ?? '') || []))
  return new Map([...owners].map((owner) => [owner, tokens.take('owner-', owner)]))
}

/** What a line promises and to whom it is shown. */
export function promiseProps({ line }: Item): Prop[] {
  const { exception } = line
  return [
    ...prop('line', line.id),
    ...prop('statement-status', line.status),
    ...prop('condition', line.condition),
    ...prop('guarantor', line.guarantor),
    ...prop('cadence', line.cadence),
    ...prop('rhythm', line.rhythm),
    ...prop('visibility', line.visibility),
    ...(line.systems ?? []).flatMap((system) => prop('system', system)),
    ...prop('exception-until', exception?.until),
    ...prop('exception-reason', exception?.reason),
  ]
}

/** How a line is backed. */
export function backingProps({ line }: Item): Prop[] {
  const { period } = line
  return [
    ...prop('assurance', line.assurance),
    ...prop('public-state', line.publicState),
    ...prop('checked-at', line.checkedAt),
    ...prop('fresh-until', line.freshUntil),
    ...prop('days-held', period?.held),
    ...prop('days-failed', period?.failed),
    ...prop('days-not-looked', period?.notLooked),
  ]
}

/**
 * How far a line is implemented, in OSCAL's own words; undefined where it has no word for it: what is failing or absent is
 * not "partial".
 */
export function implementationOf({ line }: Item): string | undefined {
  if (line.status === 'not-applicable') return 'not-applicable'
  if (line.assurance === 'failing' || line.assurance === 'absent' || line.status === 'not-in-place') return undefined
  if (line.assurance === 'planned' || line.status === 'planned') return 'planned'
  return line.status === 'conditional' || line.exception !== undefined ? 'partial' : 'implemented'
}

/** The roles that answer for a line. */
export function rolesFor(scene: Scene, { line }: Item): { 'role-id': string }[] {
  const role = scene.roles.get(oneLine(line.owner ?? ''))
  return role === undefined ? [] : [{ 'role-id': role }]
}
