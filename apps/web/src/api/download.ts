import { Problem, problemFrom } from './problem.ts'

/** A file that the server made. */
export interface ServedFile {
  readonly name: string
  readonly blob: Blob
}

/** What is sent for a file that is no plain address. */
interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * A file that can be refused: a link would keep the refusal as if it were the file. The browser keeps a large one on its disk.
 *
 * @param fallback  its name, where the server gives none
 * @throws Problem
 */
export async function fetchFile(address: string, fallback: string, init: Sent = {}): Promise<ServedFile> {
  const response = await fetch(address, {
    ...init,
    headers: { ...init.headers, 'accept-language': document.documentElement.lang },
  }).catch(() => {
    throw new Problem({ status: 0, code: 'unreachable', detail: '' })
  })
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => null))
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const blob = await response.blob().catch(() => {
    throw new Problem({ status: 0, code: 'unreachable', detail: '' })
  })
  return { name: decodeURIComponent(name ?? fallback), blob }
}

/** Hands a file to the person, as a click on a link to it would. */
export function keepFile({ name, blob }: ServedFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has read it by then, also a large one.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
