/** What the file chooser offers; the reader looks at the content and not at the name. */
export const accepted = '.txt,.md,.html,.htm,.docx,.pdf,text/plain,text/markdown,text/html,application/pdf'

/** Larger files are refused by the server. */
export const largestMiB = 25

/** Why a file need not even be sent; null when it may be. */
export function refuseFile(file: { readonly size: number }): 'empty' | 'large' | null {
  if (file.size === 0) return 'empty'
  return file.size > largestMiB * 1_048_576 ? 'large' : null
}
