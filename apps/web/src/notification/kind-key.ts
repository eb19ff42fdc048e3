import type { Output } from '../api/api.ts'

/** Something to hear of. */
export type Kind = Output<'notification.show'>['choices'][number]['kind']

/** The key of its words: those have no dots. */
export function kindKey<K extends Kind>(kind: K): K extends `${infer Noun}.${infer Verb}` ? `${Noun}-${Verb}` : never {
  return kind.replace('.', '-') as K extends `${infer Noun}.${infer Verb}` ? `${Noun}-${Verb}` : never
}
