/** Words for a task, a team or a machine instead of a person, in English and German. */
const words = new Set(
  (
    'abuse account accounts admin administrator alarm alert backup bewerbung billing bot buchhaltung buero build ci ' +
    'contact datenschutz demo dev developer developers devops einkauf empfang entwicklung events extern finance geschaeftsfuehrung ' +
    'guest gast hallo hello helpdesk hostmaster hr info it job jobs kontakt konto lager legal mail marketing monitoring newsletter no ' +
    'noc noreply office operations ops personal post postmaster praktikant presse privacy produktion rechnung reception reply root ' +
    'sales scan scanner security sekretariat service setup shared shop soc staging student superuser support sysadmin system team ' +
    'tech technik temp test tester user verkauf versand vertrieb warehouse web webmaster werkstatt zentrale'
  ).split(' '),
)

/**
 * Whether an account name is that of a task, not of a person: all its parts are such words or numbers. `info@`,
 * `dev-team@`, `admin2@` are; `admin.jones@` is somebody's.
 */
export function isGenericName(account: string): boolean {
  const [local = ''] = account.toLowerCase().split('@')
  const parts = local.split(/[^\p{L}]+/u).filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => words.has(part))
}
