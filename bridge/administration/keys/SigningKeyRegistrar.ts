import type { SigningKeyView, SigningKeyWrite } from '../../../shared/admin/index.ts';
import type { SigningKey, SigningKeyMaterial } from '../../front-end-server/index.ts';
import type { Actor } from '../editing/Actor.ts';
import type { BaseRevision, Editor, EntityEditor } from '../editing/EntityEditor.ts';
import type { ListQuery } from '../editing/EntityKind.ts';
import type { Page } from '../editing/Page.ts';
import type { SigningKeyChange } from '../kinds/signingKeyKind.ts';

export interface SigningKeyRegistrarDeps {
  readonly editor: EntityEditor<SigningKey, SigningKeyChange, SigningKeyView>;
  /** Reads the public key, or makes a secret. @throws DialbridgeError `invalidSetting` with what was expected of `publicKey` */
  readonly makeMaterial: (write: SigningKeyWrite) => SigningKeyMaterial;
}

/** Looks up, registers and edits signing keys: a secret is told once, to who registers. */
export class SigningKeyRegistrar implements Editor<SigningKeyView, SigningKeyWrite> {
  readonly #deps: SigningKeyRegistrarDeps;

  constructor(deps: SigningKeyRegistrarDeps) {
    this.#deps = deps;
  }

  list(actor: Actor, query: ListQuery): Promise<Page<SigningKeyView>> {
    return this.#deps.editor.list(actor, query);
  }

  get(actor: Actor, id: string): Promise<SigningKeyView> {
    return this.#deps.editor.get(actor, id);
  }

  delete(actor: Actor, id: string, base: BaseRevision): Promise<void> {
    return this.#deps.editor.delete(actor, id, base);
  }

  /** @throws DialbridgeError `forbidden`, `invalidSetting` */
  async register(
    actor: Actor,
    write: SigningKeyWrite,
  ): Promise<{ readonly key: SigningKeyView; readonly secret: string | null }> {
    const material = this.#deps.makeMaterial(write);
    const key = await this.#deps.editor.create(actor, { draft: draftOf(write), material });
    return { key, secret: material.secret };
  }

  /** Without a public key the present one stays. @throws DialbridgeError as `EntityEditor.update` */
  update(actor: Actor, id: string, base: BaseRevision, write: SigningKeyWrite): Promise<SigningKeyView> {
    const material = write.publicKey === undefined ? null : this.#deps.makeMaterial(write);
    return this.#deps.editor.update(actor, id, base, { draft: draftOf(write), material });
  }
}

function draftOf({ publicKey: _publicKey, ...draft }: SigningKeyWrite): SigningKeyChange['draft'] {
  return draft;
}
