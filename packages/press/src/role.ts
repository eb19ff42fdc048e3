import type { Language } from './language.ts'

/** Roles of a tenant, as an edition names whoever signed or decided. */
const roles: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  owner: { en: 'an owner', de: 'Inhaber' },
  editor: { en: 'an editor', de: 'Bearbeitung' },
  signatory: { en: 'a signatory', de: 'Zeichnungsberechtigte' },
  member: { en: 'a member', de: 'Mitglied' },
  dpo: { en: 'the data protection officer', de: 'Datenschutzbeauftragte' },
}

/** A role in the language of the words around it; a role or name that somebody chose stays as it is written. */
export function roleIn(by: string, language: Language): string {
  return Object.hasOwn(roles, by) ? (roles[by]?.[language] ?? by) : by
}
