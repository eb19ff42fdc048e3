/** One letter to one person. The text is plain; how it looks is the mailer's matter. */
export interface Letter {
  /** A single address; anything else is refused before it meets a header. */
  readonly to: string
  readonly language: 'en' | 'de'
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string }
  /** How to get no more of this kind, where the reader may choose. */
  readonly unsubscribe?: { readonly label: string; readonly url: string }
  /** The same letter sent again keeps its id, so that a reader's mailbox can tell. */
  readonly id?: string
}

/** A letter for readers without HTML, and for those who prefer none. */
export function letterText({ paragraphs, action, unsubscribe }: Letter): string {
  const parts = [
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(unsubscribe ? [`--\n${unsubscribe.label}:\n${unsubscribe.url}`] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

/**
 * A letter as HTML. It sets no colour of its own, so that dark mode is the reader's program's matter; it loads nothing
 * and counts nobody.
 */
export function letterHtml({ language, subject, paragraphs, action, unsubscribe }: Letter): string {
  const link = ({ label, url }: { label: string; url: string }) =>
    /^https?:\/\//.test(url) ? `<a href="${escape(url)}">${escape(label)}</a>` : escape(label)
  const body = [
    ...paragraphs.map((text) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`),
    ...(action ? [`<p><strong>${link(action)}</strong></p>`, `<p>${escape(action.url)}</p>`] : []),
    ...(unsubscribe ? [`<hr>`, `<p>${link(unsubscribe)}</p>`] : []),
  ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
<style>:root { color-scheme: light dark }</style>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:36em;overflow-wrap:anywhere">
${body.join('\n')}
</div>
</body>
</html>
`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
