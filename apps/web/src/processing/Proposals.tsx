import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './activity.ts'
import type { Proposal } from './activity.ts'

/** Activities that a provider usually has, in the language of the page: to be read, added and adapted. */
export function Proposals() {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead('processing.propose', { language })
  return (
    <Loaded read={read}>
      {({ proposals }) => (
        <>
          <p>{proposals.length === 0 ? t('processing.allTaken') : t('processing.proposeHow')}</p>
          <ul className="rows">
            {proposals.map((one) => (
              <ProposalRow key={one.template} proposal={one} />
            ))}
          </ul>
        </>
      )}
    </Loaded>
  )
}

function ProposalRow({ proposal: { template, side, name, said } }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const adding = useChange('processing.add', { stale })
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">{t(`processing.side.${side}`)}</p>
        <p className="customer-said">{side === 'controller' ? said.purposes : said.categories}</p>
        <p className="actions">
          <Button
            size="compact-sm"
            loading={adding.isPending}
            aria-label={t('processing.takeOf', { name })}
            onClick={() => adding.mutate({ side, template, name, said })}
          >
            {t('processing.take')}
          </Button>
        </p>
      </div>
    </li>
  )
}
