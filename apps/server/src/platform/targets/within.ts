import type { Target } from './target.ts'

/** A folder of a place, as a place of its own: several installations may share one. */
export function within(target: Target, folder: string): Target {
  const prefix = `${folder}/`
  return {
    kind: target.kind,
    list: async (beginning) =>
      (await target.list(`${prefix}${beginning}`)).map(({ name, bytes }) => ({
        name: name.slice(prefix.length),
        bytes,
      })),
    put: (name, bytes, size) => target.put(`${prefix}${name}`, bytes, size),
    get: (name) => target.get(`${prefix}${name}`),
    remove: (name) => target.remove(`${prefix}${name}`),
    removeHalf: (below) => target.removeHalf(`${prefix}${below}`),
  }
}
