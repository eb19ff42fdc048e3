import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import { call, readDocument } from '../api/call.ts'
import type { UploadStage } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf } from '../api/use-api.ts'
import { refuseFile } from '../document/file.ts'
import { useLanguage } from '../language/use-language.ts'
import type { ChosenFile } from './chosen-files.ts'
import { nameFrom } from './match.ts'

/** Stands for a tenant that is made for the file. */
export const newTenant = '+'

/** A file and how far it is. */
export interface Reading extends ChosenFile {
  /** Slug of its tenant, {@link newTenant}, or empty while nobody has chosen. */
  readonly target: string
  readonly stage:
    | UploadStage
    | { readonly stage: 'waiting' }
    | { readonly stage: 'read'; readonly documentId: string }
    | { readonly stage: 'refused'; readonly why: string }
}

/** Whether it can be read now, or once more. */
export function isReady({ target, stage: { stage } }: Reading): boolean {
  return target !== '' && (stage === 'waiting' || stage === 'refused')
}

/** Files that are read one after the other, each into its tenant. What one is refused for does not hold up the others. */
export function useReadings() {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const [readings, setReadings] = useState<readonly Reading[]>([])
  const [isRunning, setRunning] = useState(false)
  const work = useRef(new AbortController())
  useEffect(() => () => work.current.abort(), [])

  const change = (path: string, what: Partial<Reading>) =>
    setReadings((all) => all.map((one) => (one.path === path ? { ...one, ...what } : one)))

  async function read({ file, path, target }: Reading, signal: AbortSignal): Promise<void> {
    const refused = refuseFile(file)
    if (refused !== null) return change(path, { stage: { stage: 'refused', why: t(`read.refused.${refused}`) } })
    try {
      change(path, { stage: { stage: 'sending', sent: 0 } })
      let slug = target
      if (target === newTenant) {
        slug = (await call('tenant.create', { name: nameFrom(file.name), language })).slug
        // Tried once more, it goes into the tenant that is there now.
        change(path, { target: slug })
        await refresh()
        signal.throwIfAborted()
      }
      const document = await readDocument(slug, file, (stage) => change(path, { stage }), signal)
      change(path, { stage: { stage: 'read', documentId: document.id } })
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && error.code === 'left'))
        return change(path, { stage: { stage: 'waiting' } })
      change(path, { stage: { stage: 'refused', why: sentenceOf(error, t) } })
    }
  }

  async function refresh(): Promise<void> {
    await client.fetchQuery({ ...whoami, staleTime: 0 })
    await client.invalidateQueries({ queryKey: keyOf(null, 'overview.list') })
  }

  return {
    readings,
    isRunning,
    /** Adds files; one that stands in the list already stays as it is. */
    add: (files: readonly ChosenFile[], targetOf: (path: string) => string) =>
      setReadings((all) => [
        ...all,
        ...files
          .filter(({ path }) => all.every((one) => one.path !== path))
          .map((file): Reading => ({ ...file, target: targetOf(file.path), stage: { stage: 'waiting' } })),
      ]),
    choose: (path: string, target: string) => change(path, { target, stage: { stage: 'waiting' } }),
    leaveOut: (path: string) => setReadings((all) => all.filter((one) => one.path !== path)),
    clear: () => setReadings([]),
    stop: () => work.current.abort(),
    start: async () => {
      work.current = new AbortController()
      const { signal } = work.current
      setRunning(true)
      for (const reading of readings.filter(isReady)) {
        if (signal.aborted) break
        await read(reading, signal)
      }
      setRunning(false)
    },
  }
}
