/**
 * The leaf: one event of a ledger, schema version 1. Final, because a ledger only grows.
 *
 * A leaf is RFC 8785 JSON of at most 4,096 bytes, stored exactly as hashed. It has no free text and no identifier of a
 * person: words from closed lists, random ids, safe integers, times and commitments are all that the parser lets pass.
 *
 *     actor  {c, k}          who: commitment to who it was, and of what kind
 *     at                     when: UTC with milliseconds, as the log's owner says (self-asserted)
 *     code                   optional word from the type's own closed list: ground of an erasure, outcome of a check
 *     head   {origin, root, size}   optional: head of another log (tenant.checkpoint, log.continued, log.lost, timestamp.*)
 *     key                    optional: base64(type ‖ public key) (key.*, witness.*)
 *     links  [{idx, rel}]    earlier leaves of this log that this one is about
 *     log                    origin of the log; a leaf copied into another log does not verify
 *     obj    [{c, n, role}]  what: commitments to content, with its length in bytes; each role once
 *     seq                    index of this leaf in its log
 *     subj   {id, t}         about what: a random id and its kind
 *     type                   what happened
 *     v                      1
 *
 * Words that this version does not know (a later release's types, roles, kinds, relations, codes) are read and kept, and
 * reported as unknown by {@link isKnownType}: a verifier of today must still be able to check the tree, order and
 * commitments of a log of tomorrow. A member or a version that it does not know is refused.
 */

import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import { LedgerError } from './errors.ts'

/** Longest leaf in bytes. Far below the format's 65,535: leaves are read by people and kept for ever. */
export const maxLeafSize = 4096

/**
 * All types of events that this version writes. Extended by later versions, never changed.
 *
 * The first word is the noun of the thing; `tenant.checkpoint`, `witness.*` and `timestamp.*` stand in the instance log.
 */
export const leafTypes = [
  'access.changed',
  'access.granted',
  'access.invited',
  'access.requested',
  'access.reviewed',
  'access.revoked',
  'access.used',
  'access.withdrawn',
  'account.changed',
  'account.created',
  'account.deleted',
  'account.erased',
  'account.factor-added',
  'account.factor-removed',
  'account.locked',
  'account.signed-in',
  'account.signed-out',
  'advisory.changed',
  'advisory.published',
  'agreement.changed',
  'agreement.confirmed',
  'agreement.created',
  'agreement.ended',
  'agreement.expired',
  'agreement.reminded',
  'announcement.answered',
  'announcement.made',
  'announcement.sent',
  'app.changed',
  'app.reminded',
  'app.reviewed',
  'audit.answered',
  'audit.asked',
  'audit.cancelled',
  'audit.closed',
  'audit.decided',
  'audit.done',
  'audit.opened',
  'audit.planned',
  'audit.signed',
  'backup.deleted',
  'backup.failed',
  'backup.made',
  'breach.decided',
  'breach.notified',
  'certificate.added',
  'certificate.removed',
  'check.outcome',
  'check.run',
  'checklist.changed',
  'checklist.removed',
  'checklist.started',
  'checklist.ticked',
  'collection.failed',
  'collection.made',
  'comment.added',
  'comment.withdrawn',
  'confidentiality.signed',
  'confidentiality.withdrawn',
  'connection.changed',
  'connection.created',
  'connection.deleted',
  'contact.changed',
  'course.changed',
  'course.created',
  'course.retired',
  'customer.changed',
  'customer.created',
  'customer.deleted',
  'decision.recorded',
  'deletion.changed',
  'deletion.missed',
  'deletion.reported',
  'device.changed',
  'device.issued',
  'device.returned',
  'disclosure.accepted',
  'disclosure.declined',
  'disclosure.granted',
  'disclosure.requested',
  'disclosure.revoked',
  'disclosure.terms-changed',
  'disclosure.used',
  'document.deleted',
  'document.read',
  'document.replaced',
  'duty.changed',
  'duty.created',
  'duty.missed',
  'duty.reminded',
  'duty.retired',
  'edition.drafted',
  'edition.published',
  'edition.reviewed',
  'edition.withdrawn',
  'environment.changed',
  'environment.created',
  'environment.deleted',
  'erasure.performed',
  'evidence.added',
  'evidence.expired',
  'evidence.refused',
  'evidence.replaced',
  'evidence.withdrawn',
  'exception.declared',
  'exception.expired',
  'exception.reminded',
  'exception.withdrawn',
  'export.created',
  'facts.approved',
  'facts.changed',
  'finding.assigned',
  'finding.closed',
  'finding.opened',
  'finding.reopened',
  'guideline.accepted',
  'guideline.approved',
  'guideline.changed',
  'guideline.reminded',
  'guideline.retired',
  'guideline.reviewed',
  'holder.changed',
  'import.batch',
  'incident.changed',
  'incident.closed',
  'incident.opened',
  'incident.reminded',
  'installation.changed',
  'instruction.recorded',
  'key.compromised',
  'key.created',
  'key.rotated',
  'leaving.begun',
  'leaving.declined',
  'leaving.proposed',
  'leaving.proven',
  'leaving.reopened',
  'leaving.said',
  'leaving.stopped',
  'letterhead.changed',
  'log.continued',
  'log.frozen',
  'log.lost',
  'log.started',
  'mapping.changed',
  'mapping.confirmed',
  'mapping.withdrawn',
  'matter.changed',
  'matter.closed',
  'matter.opened',
  'matter.reminded',
  'measure.changed',
  'measure.created',
  'measure.retired',
  'notice.published',
  'notice.sent',
  'notice.withdrawn',
  'notification.changed',
  'parameter.changed',
  'person.changed',
  'person.deleted',
  'person.joined',
  'person.left',
  'person.reminded',
  'platform.acknowledged',
  'platform.reported',
  'processing.changed',
  'processing.recorded',
  'processor.announced',
  'processor.changed',
  'processor.created',
  'processor.document',
  'processor.ended',
  'processor.lapsed',
  'processor.objected',
  'processor.reminded',
  'pseudonym.opened',
  'report.answered',
  'report.changed',
  'report.closed',
  'report.received',
  'report.reminded',
  'request.changed',
  'request.closed',
  'request.erased',
  'request.received',
  'request.reminded',
  'request.told',
  'restore.failed',
  'restore.performed',
  'restore.proven',
  'retention.performed',
  'review.answered',
  'review.asked',
  'review.decided',
  'review.dropped',
  'review.signed',
  'review.started',
  'risk.accepted',
  'risk.assessed',
  'risk.retired',
  'scope.changed',
  'shield.job',
  'shield.planned',
  'shield.previewed',
  'shield.reported',
  'shield.store',
  'signoff.given',
  'signoff.withdrawn',
  'site.claimed',
  'site.lost',
  'site.proven',
  'site.released',
  'statement.changed',
  'statement.confirmed',
  'statement.created',
  'statement.ignored',
  'statement.merged',
  'statement.moved',
  'statement.removed',
  'statement.restored',
  'statement.split',
  'subscription.changed',
  'subscription.confirmed',
  'subscription.ended',
  'system.changed',
  'system.created',
  'system.deleted',
  'tenant.changed',
  'tenant.checkpoint',
  'tenant.closed',
  'tenant.copy-removed',
  'tenant.created',
  'tenant.exported',
  'tenant.imported',
  'tenant.moved',
  'tenant.resumed',
  'tenant.suspended',
  'timestamp.failed',
  'timestamp.received',
  'token.created',
  'token.revoked',
  'training.completed',
  'training.withdrawn',
  'webhook.changed',
  'webhook.created',
  'webhook.deleted',
  'witness.added',
  'witness.cosigned',
  'witness.failed',
  'witness.removed',
] as const

/** A type of event that this version writes. */
export type LeafType = (typeof leafTypes)[number]

/** Of what kind an actor is. */
export const actorKinds = ['user', 'connector', 'system'] as const

/** Of what kind an actor is. */
export type ActorKind = (typeof actorKinds)[number]

/** How a leaf refers to an earlier one. */
export const linkRelations = [
  'about',
  'based-on',
  'confirms',
  'corrects',
  'erases',
  'prev',
  'supersedes',
  'withdraws',
] as const

/** How a leaf refers to an earlier one. */
export type LinkRelation = (typeof linkRelations)[number]

/** A reference to an earlier leaf of the same log. */
export interface LeafLink {
  readonly idx: number
  readonly rel: LinkRelation
}

/** A commitment to content. */
export interface LeafObject {
  /** base64 of SHA-256(salt ‖ content). */
  readonly c: string
  /** Length of the content in bytes. */
  readonly n: number
  /** What the content is to the event: `content`, `reason`, `before`, `after`, `file` …; each once a leaf, never `actor`. */
  readonly role: string
}

/** The head of another log as a leaf holds it; the root in base64. */
export interface LeafHead {
  readonly origin: string
  readonly root: string
  readonly size: number
}

/** An event before it has a place in a log. */
export interface LeafEvent {
  readonly actor: { readonly c: string; readonly k: ActorKind }
  /** UTC, `2026-11-22T00:39:59.123Z`. */
  readonly at: string
  readonly code?: string
  readonly head?: LeafHead
  readonly key?: string
  readonly links: readonly LeafLink[]
  readonly obj: readonly LeafObject[]
  readonly subj: { readonly id: string; readonly t: string }
  readonly type: LeafType
}

/** An event in its place. */
export interface Leaf extends LeafEvent {
  /** Origin of the log. */
  readonly log: string
  /** Index in the log. */
  readonly seq: number
  readonly v: 1
}

/** A leaf as read: words of later versions may occur in place of the known ones. */
export type ReadLeaf = Omit<Leaf, 'type' | 'actor' | 'links'> & {
  readonly type: string
  readonly actor: { readonly c: string; readonly k: string }
  readonly links: readonly { readonly idx: number; readonly rel: string }[]
}

/** Whether this version knows a type of event. */
export function isKnownType(type: string): type is LeafType {
  return knownTypes.has(type)
}

/** Whether a text may be the origin of an art32 log: `host[:port]/path…` in lower case, at most 200 characters. */
export function isOrigin(text: string): boolean {
  return text.length <= 200 && originPattern.test(text)
}

/** Whether a text may be the id of a subject: 16 to 64 letters, digits, `-` and `_`. Too long for most names. */
export function isSubjectId(text: string): boolean {
  return idPattern.test(text)
}

/** The head of a log as a leaf carries it. */
export function leafHead(checkpoint: Checkpoint): LeafHead {
  return { origin: checkpoint.origin, root: encodeBase64(checkpoint.root), size: checkpoint.size }
}

/**
 * The bytes of a leaf, as hashed and stored.
 *
 * @throws {LedgerError} `leaf` for anything that the parser would refuse, and for words that this version does not know
 */
export function encodeLeaf(leaf: Leaf): Uint8Array<ArrayBuffer> {
  checkLeaf(leaf)
  if (!isKnownType(leaf.type)) throw refusal('type', 'is not a type of this version')
  if (!isOneOf(actorKinds, leaf.actor.k)) throw refusal('actor.k', 'is not a kind of actor')
  if (!leaf.links.every(({ rel }) => isOneOf(linkRelations, rel))) throw refusal('links', 'has an unknown relation')
  const bytes = encodeUtf8(writeLeaf(leaf))
  if (bytes.length > maxLeafSize) throw refusal('leaf', `has ${bytes.length} bytes; at most ${maxLeafSize} are allowed`)
  return bytes
}

/**
 * A leaf from its bytes. Attacker-controlled.
 *
 * @param place  named in errors, for example the path of the entry bundle and the index
 * @throws {LedgerError} `leaf` unless the bytes are exactly the canonical form of a leaf of version 1
 */
export function parseLeaf(bytes: Uint8Array, place?: string): ReadLeaf {
  if (bytes.length > maxLeafSize)
    throw refusal('leaf', `has ${bytes.length} bytes; at most ${maxLeafSize} are allowed`, place)
  const text = decodeUtf8(bytes, place)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refusal('leaf', 'is not JSON', place)
  }
  checkLeaf(value, place)
  // Writing it again catches white space, order, duplicate members and every other second spelling at once.
  if (writeLeaf(value) !== text) throw refusal('leaf', 'is not in canonical form (RFC 8785)', place)
  return value
}

const knownTypes: ReadonlySet<string> = new Set(leafTypes)
const originPattern = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:\/[a-z0-9](?:[a-z0-9._~-]*[a-z0-9])?)*$/
const typePattern = /^[a-z][a-z0-9-]{0,31}(?:\.[a-z][a-z0-9-]{0,31}){1,3}$/
const wordPattern = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/
const maxWordLength = 48
const idPattern = /^[A-Za-z0-9_-]{16,64}$/
// 32 bytes in base64: the last digit before the padding carries four bits only.
const hashPattern = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/
const timePattern =
  /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/
// The largest public key that a leaf can introduce is ML-DSA-44: one byte of type and 1,312 of key.
const maxKeyLength = 1752

type Members = Readonly<Record<string, unknown>>

const required = ['actor', 'at', 'links', 'log', 'obj', 'seq', 'subj', 'type', 'v']
const optional = ['code', 'head', 'key']

/** Refuses whatever is not a leaf; asserts, so that nothing is copied on the fast path. */
function checkLeaf(value: unknown, place?: string): asserts value is ReadLeaf {
  const leaf = members(value, 'leaf', required, optional, place)
  if (leaf['v'] !== 1) throw refusal('v', 'is not 1: this leaf needs a newer verifier', place)
  const actor = members(leaf['actor'], 'actor', ['c', 'k'], [], place)
  checkHash(actor['c'], 'actor.c', place)
  checkWord(actor['k'], 'actor.k', place)
  checkTime(leaf['at'], place)
  if (leaf['code'] !== undefined) checkWord(leaf['code'], 'code', place)
  if (leaf['head'] !== undefined) checkHead(leaf['head'], place)
  if (leaf['key'] !== undefined) checkKey(leaf['key'], place)
  checkOrigin(leaf['log'], 'log', place)
  const seq = checkCount(leaf['seq'], 'seq', place)
  for (const [i, link] of items(leaf['links'], 'links', place)) {
    const { idx, rel } = members(link, `links[${i}]`, ['idx', 'rel'], [], place)
    if (checkCount(idx, `links[${i}].idx`, place) >= seq)
      throw refusal(`links[${i}].idx`, 'is not an earlier leaf', place)
    checkWord(rel, `links[${i}].rel`, place)
  }
  const roles = new Set<unknown>(['actor'])
  for (const [i, object] of items(leaf['obj'], 'obj', place)) {
    const { c, n, role } = members(object, `obj[${i}]`, ['c', 'n', 'role'], [], place)
    checkHash(c, `obj[${i}].c`, place)
    checkCount(n, `obj[${i}].n`, place)
    checkWord(role, `obj[${i}].role`, place)
    if (roles.has(role)) throw refusal(`obj[${i}].role`, 'occurs twice or is "actor"', place)
    roles.add(role)
  }
  const subj = members(leaf['subj'], 'subj', ['id', 't'], [], place)
  if (typeof subj['id'] !== 'string' || !idPattern.test(subj['id']))
    throw refusal('subj.id', 'is not a random id', place)
  checkWord(subj['t'], 'subj.t', place)
  if (typeof leaf['type'] !== 'string' || !typePattern.test(leaf['type']))
    throw refusal('type', 'is not words joined by dots', place)
}

function checkHead(value: unknown, place?: string): void {
  const head = members(value, 'head', ['origin', 'root', 'size'], [], place)
  checkOrigin(head['origin'], 'head.origin', place)
  checkHash(head['root'], 'head.root', place)
  checkCount(head['size'], 'head.size', place)
}

function checkKey(value: unknown, place?: string): void {
  if (typeof value !== 'string' || value.length > maxKeyLength) throw refusal('key', 'is not a public key', place)
  decodeBase64(value, place === undefined ? 'key' : `${place} key`)
}

function members(
  value: unknown,
  name: string,
  needed: readonly string[],
  allowed: readonly string[],
  place?: string,
): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refusal(name, 'is not an object', place)
  const record = value as Members
  const foreign = Object.keys(record).find((key) => !needed.includes(key) && !allowed.includes(key))
  // The name of a foreign member may be anything, so it is not repeated.
  if (foreign !== undefined) throw refusal(name, 'has a member that version 1 does not know', place)
  const missing = needed.find((key) => !Object.hasOwn(record, key))
  if (missing !== undefined) throw refusal(name, `lacks "${missing}"`, place)
  return record
}

function items(value: unknown, name: string, place?: string): IterableIterator<[number, unknown]> {
  if (!Array.isArray(value)) throw refusal(name, 'is not an array', place)
  return value.entries()
}

function checkHash(value: unknown, name: string, place?: string): void {
  if (typeof value !== 'string' || !hashPattern.test(value)) throw refusal(name, 'is not 32 bytes in base64', place)
}

function checkWord(value: unknown, name: string, place?: string): void {
  if (typeof value !== 'string' || value.length > maxWordLength || !wordPattern.test(value)) {
    throw refusal(name, 'is not a word in lower case', place)
  }
}

function checkOrigin(value: unknown, name: string, place?: string): void {
  if (typeof value !== 'string' || !isOrigin(value)) throw refusal(name, 'is not the origin of a log', place)
}

function checkCount(value: unknown, name: string, place?: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw refusal(name, 'is not a safe, non-negative integer', place)
  return value
}

function checkTime(value: unknown, place?: string): void {
  const digits = typeof value === 'string' ? timePattern.exec(value) : null
  if (digits) {
    const [, year, month, day] = digits.map(Number)
    // The calendar must have the day. Not by Date, which costs more than all other checks of a leaf together.
    if (day! <= daysIn(year!, month!)) return
  }
  throw refusal('at', 'is not a UTC time with milliseconds', place)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Canonical form, written directly: the members in order, and no checked string needs an escape. */
function writeLeaf(leaf: ReadLeaf): string {
  const code = leaf.code === undefined ? '' : `"code":"${leaf.code}",`
  const head =
    leaf.head === undefined
      ? ''
      : `"head":{"origin":"${leaf.head.origin}","root":"${leaf.head.root}","size":${leaf.head.size}},`
  const key = leaf.key === undefined ? '' : `"key":"${leaf.key}",`
  const links = leaf.links.map(({ idx, rel }) => `{"idx":${idx},"rel":"${rel}"}`).join(',')
  const obj = leaf.obj.map(({ c, n, role }) => `{"c":"${c}","n":${n},"role":"${role}"}`).join(',')
  return (
    `{"actor":{"c":"${leaf.actor.c}","k":"${leaf.actor.k}"},"at":"${leaf.at}",${code}${head}${key}"links":[${links}],` +
    `"log":"${leaf.log}","obj":[${obj}],"seq":${leaf.seq},"subj":{"id":"${leaf.subj.id}","t":"${leaf.subj.t}"},` +
    `"type":"${leaf.type}","v":1}`
  )
}

function isOneOf(list: readonly string[], word: string): boolean {
  return list.includes(word)
}

function refusal(name: string, reason: string, place?: string): LedgerError {
  return new LedgerError('leaf', `"${name}" ${reason}.`, place)
}
