interface Account {
  readonly userName?: string;
  readonly password?: string;
  readonly hasPassword?: boolean;
}

interface WithSecrets {
  readonly credentials?: Account | null;
  readonly tls?: {
    readonly isVerified?: boolean;
    readonly privateKey?: string | null;
    readonly hasPrivateKey?: boolean;
  };
  readonly incoming?: { readonly credentials?: Account | null };
}

/** A gateway as people read it: of each secret only whether there is one. Absent secrets are those that were there before. */
export function viewGateway(draft: WithSecrets, before: WithSecrets | undefined): object {
  const { privateKey, hasPrivateKey, ...tls } = draft.tls ?? {};
  const isKeyKept = privateKey === undefined && (before?.tls?.hasPrivateKey ?? false);
  return {
    ...draft,
    credentials: viewAccount(draft.credentials, before?.credentials),
    tls: { ...tls, hasPrivateKey: hasPrivateKey ?? (isKeyKept || typeof privateKey === 'string') },
    incoming: {
      ...draft.incoming,
      credentials: viewAccount(draft.incoming?.credentials, before?.incoming?.credentials),
    },
  };
}

function viewAccount(draft: Account | null | undefined, before: Account | null | undefined): object | null {
  if (!draft) return draft === undefined ? (before ?? null) : null;
  const { password, hasPassword, ...account } = draft;
  const isKept = password === undefined && (before?.hasPassword ?? false);
  return { ...account, hasPassword: hasPassword ?? (isKept || password !== undefined) };
}
