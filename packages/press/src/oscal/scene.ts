import { headingLevels } from '../edition.ts'
import type { EditionDocument, Section } from '../edition.ts'
import { componentsOf } from './components.ts'
import type { Component } from './components.ts'
import { itemOf } from './item.ts'
import type { Item } from './item.ts'
import { namer, oneLine, Tokens } from './pieces.ts'
import type { Namer, Sha1 } from './pieces.ts'
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
  // Not of the log: its origin is another one after a restore, and a line is still the same.
  const id: Namer = (...name) => make(edition.tenant.publicId, ...name)
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

function rolesOf(items: readonly Item[]): ReadonlyMap<string, string> {
  const tokens = new Tokens()
  const owners = new Set(items.flatMap(({ line }) => oneLine(line.owner ?? '') || []))
  return new Map([...owners].map((owner) => [owner, tokens.take('owner-', owner)]))
}

/** The roles that answer for a line. */
export function rolesFor(scene: Scene, { line }: Item): { 'role-id': string }[] {
  const role = scene.roles.get(oneLine(line.owner ?? ''))
  return role === undefined ? [] : [{ 'role-id': role }]
}
