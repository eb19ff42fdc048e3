import process from 'node:process'

/**
 * Flags of V8, which it reads once, at its start.
 *
 * Young objects get 8 MiB before they are looked through, instead of 32: a server under load filled that with what nobody needed any
 * more. And what has become old is collected before it has grown far: by itself V8 lets a heap of this size grow to three times
 * what lives in it, as long as there is memory. One thread at a time looks for what lives: with two, on two processors, nobody was
 * answered meanwhile, for a tenth of a second every two.
 *
 * Source: `node --v8-options`; measured by `npm run bench mixed`.
 */
const flags = ['--max-semi-space-size=8', '--heap-growing-percent=40', '--concurrent-marking-max-worker-num=1']

/**
 * Of the C library, which reads it at its start, too. Hashing a password takes 19 MiB for a moment; once it has seen that, glibc keeps
 * as much for each thread that ever did it.
 *
 * @source https://man7.org/linux/man-pages/man3/mallopt.3.html (M_MMAP_THRESHOLD)
 */
const environment = { MALLOC_MMAP_THRESHOLD_: '262144' }

/**
 * Starts this process anew in its own place, with the same id, so that it holds less memory for as long as it serves. Returns
 * where it is so already, or where a process cannot be replaced (Windows).
 */
export function startLean(): void {
  if (process.platform === 'win32' || flags.every((flag) => process.execArgv.includes(flag))) return
  process.execve?.(
    process.execPath,
    [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)],
    // Whoever set it knows better.
    { ...environment, ...process.env },
  )
}
