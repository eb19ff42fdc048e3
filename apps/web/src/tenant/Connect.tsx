import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { beginSignIn } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useRead } from '../api/use-api.ts'

/** Connects the own account with the tenant's sign-in; nothing where the tenant has none. */
export function Connect({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const own = useRead('provider.own', {}).data
  const connecting = useMutation({
    mutationFn: () => beginSignIn(slug, 'connect', `/t/${slug}/settings`),
    onSuccess: (url) => location.assign(url),
  })
  if (!own?.isThere) return null
  return (
    <section className="section" aria-labelledby="connect">
      <h2 id="connect">{t('ownSignIn.connect')}</h2>
      <p>{t(own.isConnected ? 'ownSignIn.isConnected' : 'ownSignIn.connectLead')}</p>
      {own.isConnected ? null : (
        <p className="actions">
          <Button loading={connecting.isPending} onClick={() => connecting.mutate()}>
            {t('ownSignIn.connectNow')}
          </Button>
        </p>
      )}
      {connecting.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(connecting.error, t)}
        </p>
      ) : null}
    </section>
  )
}
