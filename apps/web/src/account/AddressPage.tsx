import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import { useLinkToken } from './link-token.ts'
import { whoami } from './session.ts'

/** Confirms a new mail address by the link that was sent there; a click, since mail filters open links by themselves. */
export function AddressPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const token = useLinkToken()
  const confirming = useMutation({
    mutationFn: () => call('account.confirm_email', { token, language }),
    onSuccess: () => client.invalidateQueries(whoami),
  })
  if (token === '')
    return (
      <Page title={t('address.title')}>
        <p role="alert">{t('address.noToken')}</p>
      </Page>
    )
  return (
    <Page title={t('address.title')} lead={t('address.lead')}>
      {confirming.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(confirming.error, t)}
        </p>
      ) : null}
      {confirming.isSuccess ? (
        <p role="status">
          {t('address.done')} <Link to="/">{t('notFound.home')}</Link>
        </p>
      ) : (
        <p className="actions">
          <Button variant="filled" loading={confirming.isPending} onClick={() => confirming.mutate()}>
            {t('address.confirm')}
          </Button>
        </p>
      )}
    </Page>
  )
}
