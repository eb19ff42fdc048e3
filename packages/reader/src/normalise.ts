const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa' }

/**
 * Folds text for matching: compatibility forms and ligatures resolved, lower case, umlauts spelled out, soft hyphens
 * removed, everything but letters, digits and the point between digits turned into single spaces.
 * "E-Mail-Verschlüsselung" becomes "email verschluesselung", "TLS 1.2+" becomes "tls 1.2".
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('\u00AD', '')
    .replaceAll(/([\p{Ll}])\*in(nen)?\b|([\p{Ll}])[:_/]in(nen)?\b/gu, '$1$3')
    .toLowerCase()
    .replaceAll(/[äöüßæøå]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(\d)\.(?=\d)/g, '$1\u0001')
    .replaceAll(/[^a-z0-9\u0001]+/g, ' ')
    .replaceAll('\u0001', '.')
    .replaceAll(/\be mail/g, 'email')
    .trim()
}

/** Collapses white space and removes the marks of Markdown emphasis, links and code that carry no meaning. */
export function plain(text: string): string {
  return text
    .replaceAll(/!\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replaceAll(/\[([^\]]{1,300})\]\((?:[^()]|\([^)]{0,200}\)){0,500}\)/g, '$1')
    .replaceAll(/<br\s*\/?>/gi, ' ')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/(^|[\s(])\*(?=\S)|(?<=\S)\*(?=[\s).,;:]|$)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
