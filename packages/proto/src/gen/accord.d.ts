import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace accord. */
export namespace accord {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Envelope.
         * @deprecated Use accord.v1.Envelope.$Properties instead.
         */
        interface IEnvelope extends accord.v1.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope statement. */
            statement: Uint8Array;

            /** Envelope signature. */
            signature: Uint8Array;

            /** Envelope keyId. */
            keyId: Uint8Array;

            /** Envelope body. */
            body: Uint8Array;

            /** Envelope zstd. */
            zstd: boolean;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link accord.v1.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Envelope & accord.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Envelope & accord.v1.Envelope.$Shape;

            /**
             * Creates an Envelope message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Envelope
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Envelope;

            /**
             * Creates a plain object from an Envelope message. Also converts values to other types if specified.
             * @param message Envelope
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Envelope, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Envelope to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Envelope
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope statement */
                statement?: (Uint8Array|null);

                /** Envelope signature */
                signature?: (Uint8Array|null);

                /** Envelope keyId */
                keyId?: (Uint8Array|null);

                /** Envelope body */
                body?: (Uint8Array|null);

                /** Envelope zstd */
                zstd?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Envelope. */
            type $Shape = accord.v1.Envelope.$Properties;
        }

        /**
         * Properties of a Change.
         * @deprecated Use accord.v1.Change.$Properties instead.
         */
        interface IChange extends accord.v1.Change.$Properties {
        }

        /** Represents a Change. */
        class Change {

            /**
             * Constructs a new Change.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Change.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Change id. */
            id: string;

            /** Change traceparent. */
            traceparent: string;

            /**
             * Encodes the specified Change message. Does not implicitly {@link accord.v1.Change.verify|verify} messages.
             * @param message Change message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Change.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Change & accord.v1.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Change & accord.v1.Change.$Shape;

            /**
             * Creates a Change message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Change
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Change;

            /**
             * Creates a plain object from a Change message. Also converts values to other types if specified.
             * @param message Change
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Change, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Change to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Change
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Change {

            /** Properties of a Change. */
            interface $Properties {

                /** Change id */
                id?: (string|null);

                /** Change traceparent */
                traceparent?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Change. */
            type $Shape = accord.v1.Change.$Properties;
        }

        /**
         * Properties of a Statement.
         * @deprecated Use accord.v1.Statement.$Properties instead.
         */
        interface IStatement extends accord.v1.Statement.$Properties {
        }

        /** Represents a Statement. */
        class Statement {

            /**
             * Constructs a new Statement.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Statement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Statement subject. */
            subject: string;

            /** Statement epoch. */
            epoch: number;

            /** Statement revision. */
            revision: number;

            /** Statement step. */
            step: number;

            /** Statement version. */
            version: number;

            /** Statement indexDigest. */
            indexDigest: Uint8Array;

            /** Statement bodyDigest. */
            bodyDigest: Uint8Array;

            /** Statement specDigest. */
            specDigest: Uint8Array;

            /** Statement issuedAtMs. */
            issuedAtMs: number;

            /** Statement createdAtMs. */
            createdAtMs: number;

            /** Statement change. */
            change?: (accord.v1.Change.$Properties|null);

            /** Statement requires. */
            requires: string[];

            /** Statement deleted. */
            deleted: boolean;

            /** Statement removalsMax. */
            removalsMax: number;

            /** Statement movedTo. */
            movedTo: string[];

            /** Statement acceptedAtMs. */
            acceptedAtMs: number;

            /** Statement removalsConfirmed. */
            removalsConfirmed: number;

            /**
             * Encodes the specified Statement message. Does not implicitly {@link accord.v1.Statement.verify|verify} messages.
             * @param message Statement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Statement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Statement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Statement & accord.v1.Statement.$Shape} Statement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Statement & accord.v1.Statement.$Shape;

            /**
             * Creates a Statement message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Statement
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Statement;

            /**
             * Creates a plain object from a Statement message. Also converts values to other types if specified.
             * @param message Statement
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Statement, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Statement to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Statement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Statement {

            /** Properties of a Statement. */
            interface $Properties {

                /** Statement subject */
                subject?: (string|null);

                /** Statement epoch */
                epoch?: (number|null);

                /** Statement revision */
                revision?: (number|null);

                /** Statement step */
                step?: (number|null);

                /** Statement version */
                version?: (number|null);

                /** Statement indexDigest */
                indexDigest?: (Uint8Array|null);

                /** Statement bodyDigest */
                bodyDigest?: (Uint8Array|null);

                /** Statement specDigest */
                specDigest?: (Uint8Array|null);

                /** Statement issuedAtMs */
                issuedAtMs?: (number|null);

                /** Statement createdAtMs */
                createdAtMs?: (number|null);

                /** Statement change */
                change?: (accord.v1.Change.$Properties|null);

                /** Statement requires */
                requires?: (string[]|null);

                /** Statement deleted */
                deleted?: (boolean|null);

                /** Statement removalsMax */
                removalsMax?: (number|null);

                /** Statement movedTo */
                movedTo?: (string[]|null);

                /** Statement acceptedAtMs */
                acceptedAtMs?: (number|null);

                /** Statement removalsConfirmed */
                removalsConfirmed?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Statement. */
            type $Shape = accord.v1.Statement.$Properties;
        }

        /**
         * Properties of an Index.
         * @deprecated Use accord.v1.Index.$Properties instead.
         */
        interface IIndex extends accord.v1.Index.$Properties {
        }

        /** Represents an Index. */
        class Index {

            /**
             * Constructs a new Index.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Index.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Index anchor. */
            anchor: string;

            /** Index epoch. */
            epoch: number;

            /** Index version. */
            version: number;

            /** Index entries. */
            entries: accord.v1.IndexEntry.$Properties[];

            /**
             * Encodes the specified Index message. Does not implicitly {@link accord.v1.Index.verify|verify} messages.
             * @param message Index message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Index.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Index message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Index & accord.v1.Index.$Shape} Index
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Index & accord.v1.Index.$Shape;

            /**
             * Creates an Index message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Index
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Index;

            /**
             * Creates a plain object from an Index message. Also converts values to other types if specified.
             * @param message Index
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Index, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Index to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Index
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Index {

            /** Properties of an Index. */
            interface $Properties {

                /** Index anchor */
                anchor?: (string|null);

                /** Index epoch */
                epoch?: (number|null);

                /** Index version */
                version?: (number|null);

                /** Index entries */
                entries?: (accord.v1.IndexEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Index. */
            type $Shape = accord.v1.Index.$Properties;
        }

        /**
         * Properties of an IndexEntry.
         * @deprecated Use accord.v1.IndexEntry.$Properties instead.
         */
        interface IIndexEntry extends accord.v1.IndexEntry.$Properties {
        }

        /** Represents an IndexEntry. */
        class IndexEntry {

            /**
             * Constructs a new IndexEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.IndexEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IndexEntry doc. */
            doc: string;

            /** IndexEntry epoch. */
            epoch: number;

            /** IndexEntry revision. */
            revision: number;

            /** IndexEntry step. */
            step: number;

            /** IndexEntry digest. */
            digest: Uint8Array;

            /** IndexEntry deleted. */
            deleted: boolean;

            /** IndexEntry deletedAtMs. */
            deletedAtMs: number;

            /**
             * Encodes the specified IndexEntry message. Does not implicitly {@link accord.v1.IndexEntry.verify|verify} messages.
             * @param message IndexEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.IndexEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IndexEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.IndexEntry & accord.v1.IndexEntry.$Shape} IndexEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.IndexEntry & accord.v1.IndexEntry.$Shape;

            /**
             * Creates an IndexEntry message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns IndexEntry
             */
            static fromObject(object: { [k: string]: any }): accord.v1.IndexEntry;

            /**
             * Creates a plain object from an IndexEntry message. Also converts values to other types if specified.
             * @param message IndexEntry
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.IndexEntry, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this IndexEntry to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for IndexEntry
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace IndexEntry {

            /** Properties of an IndexEntry. */
            interface $Properties {

                /** IndexEntry doc */
                doc?: (string|null);

                /** IndexEntry epoch */
                epoch?: (number|null);

                /** IndexEntry revision */
                revision?: (number|null);

                /** IndexEntry step */
                step?: (number|null);

                /** IndexEntry digest */
                digest?: (Uint8Array|null);

                /** IndexEntry deleted */
                deleted?: (boolean|null);

                /** IndexEntry deletedAtMs */
                deletedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IndexEntry. */
            type $Shape = accord.v1.IndexEntry.$Properties;
        }

        /**
         * Properties of a FactStatement.
         * @deprecated Use accord.v1.FactStatement.$Properties instead.
         */
        interface IFactStatement extends accord.v1.FactStatement.$Properties {
        }

        /** Represents a FactStatement. */
        class FactStatement {

            /**
             * Constructs a new FactStatement.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.FactStatement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FactStatement subject. */
            subject: string;

            /** FactStatement bodyDigest. */
            bodyDigest: Uint8Array;

            /** FactStatement previousDigest. */
            previousDigest: Uint8Array;

            /** FactStatement atMs. */
            atMs: number;

            /** FactStatement actor. */
            actor: string;

            /** FactStatement reason. */
            reason: string;

            /** FactStatement source. */
            source: string;

            /** FactStatement change. */
            change?: (accord.v1.Change.$Properties|null);

            /** FactStatement type. */
            type: string;

            /** FactStatement requestId. */
            requestId: string;

            /** FactStatement requestDigest. */
            requestDigest: Uint8Array;

            /**
             * Encodes the specified FactStatement message. Does not implicitly {@link accord.v1.FactStatement.verify|verify} messages.
             * @param message FactStatement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.FactStatement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FactStatement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.FactStatement & accord.v1.FactStatement.$Shape} FactStatement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.FactStatement & accord.v1.FactStatement.$Shape;

            /**
             * Creates a FactStatement message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns FactStatement
             */
            static fromObject(object: { [k: string]: any }): accord.v1.FactStatement;

            /**
             * Creates a plain object from a FactStatement message. Also converts values to other types if specified.
             * @param message FactStatement
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.FactStatement, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this FactStatement to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for FactStatement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FactStatement {

            /** Properties of a FactStatement. */
            interface $Properties {

                /** FactStatement subject */
                subject?: (string|null);

                /** FactStatement bodyDigest */
                bodyDigest?: (Uint8Array|null);

                /** FactStatement previousDigest */
                previousDigest?: (Uint8Array|null);

                /** FactStatement atMs */
                atMs?: (number|null);

                /** FactStatement actor */
                actor?: (string|null);

                /** FactStatement reason */
                reason?: (string|null);

                /** FactStatement source */
                source?: (string|null);

                /** FactStatement change */
                change?: (accord.v1.Change.$Properties|null);

                /** FactStatement type */
                type?: (string|null);

                /** FactStatement requestId */
                requestId?: (string|null);

                /** FactStatement requestDigest */
                requestDigest?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FactStatement. */
            type $Shape = accord.v1.FactStatement.$Properties;
        }

        /**
         * Properties of a Tick.
         * @deprecated Use accord.v1.Tick.$Properties instead.
         */
        interface ITick extends accord.v1.Tick.$Properties {
        }

        /** Represents a Tick. */
        class Tick {

            /**
             * Constructs a new Tick.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Tick.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Tick epoch. */
            epoch: number;

            /** Tick fleetLastSeq. */
            fleetLastSeq: number;

            /** Tick timeMs. */
            timeMs: number;

            /**
             * Encodes the specified Tick message. Does not implicitly {@link accord.v1.Tick.verify|verify} messages.
             * @param message Tick message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Tick.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tick message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Tick & accord.v1.Tick.$Shape} Tick
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Tick & accord.v1.Tick.$Shape;

            /**
             * Creates a Tick message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Tick
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Tick;

            /**
             * Creates a plain object from a Tick message. Also converts values to other types if specified.
             * @param message Tick
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Tick, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Tick to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Tick
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Tick {

            /** Properties of a Tick. */
            interface $Properties {

                /** Tick epoch */
                epoch?: (number|null);

                /** Tick fleetLastSeq */
                fleetLastSeq?: (number|null);

                /** Tick timeMs */
                timeMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Tick. */
            type $Shape = accord.v1.Tick.$Properties;
        }

        /**
         * Properties of a Signed.
         * @deprecated Use accord.v1.Signed.$Properties instead.
         */
        interface ISigned extends accord.v1.Signed.$Properties {
        }

        /** Represents a Signed. */
        class Signed {

            /**
             * Constructs a new Signed.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Signed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Signed boot. */
            boot: number;

            /** Signed n. */
            n: number;

            /** Signed tsMs. */
            tsMs: number;

            /** Signed body. */
            body: Uint8Array;

            /** Signed signature. */
            signature: Uint8Array;

            /** Signed zstd. */
            zstd: boolean;

            /**
             * Encodes the specified Signed message. Does not implicitly {@link accord.v1.Signed.verify|verify} messages.
             * @param message Signed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Signed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Signed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Signed & accord.v1.Signed.$Shape} Signed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Signed & accord.v1.Signed.$Shape;

            /**
             * Creates a Signed message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Signed
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Signed;

            /**
             * Creates a plain object from a Signed message. Also converts values to other types if specified.
             * @param message Signed
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Signed, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Signed to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Signed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Signed {

            /** Properties of a Signed. */
            interface $Properties {

                /** Signed boot */
                boot?: (number|null);

                /** Signed n */
                n?: (number|null);

                /** Signed tsMs */
                tsMs?: (number|null);

                /** Signed body */
                body?: (Uint8Array|null);

                /** Signed signature */
                signature?: (Uint8Array|null);

                /** Signed zstd */
                zstd?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Signed. */
            type $Shape = accord.v1.Signed.$Properties;
        }

        /**
         * Properties of a Summary.
         * @deprecated Use accord.v1.Summary.$Properties instead.
         */
        interface ISummary extends accord.v1.Summary.$Properties {
        }

        /** Represents a Summary. */
        class Summary {

            /**
             * Constructs a new Summary.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Summary.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Summary lastBoot. */
            lastBoot: number;

            /** Summary lastN. */
            lastN: number;

            /** Summary policies. */
            policies: accord.v1.PolicyReport.$Properties[];

            /** Summary facts. */
            facts?: (accord.v1.Facts.$Properties|null);

            /** Summary anchors. */
            anchors: accord.v1.AnchorPosition.$Properties[];

            /** Summary alarms. */
            alarms: string[];

            /** Summary usage. */
            usage: accord.v1.QuotaUsage.$Properties[];

            /** Summary left. */
            left: boolean;

            /**
             * Encodes the specified Summary message. Does not implicitly {@link accord.v1.Summary.verify|verify} messages.
             * @param message Summary message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Summary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Summary & accord.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Summary & accord.v1.Summary.$Shape;

            /**
             * Creates a Summary message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Summary
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Summary;

            /**
             * Creates a plain object from a Summary message. Also converts values to other types if specified.
             * @param message Summary
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Summary, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Summary to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Summary
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Summary {

            /** Properties of a Summary. */
            interface $Properties {

                /** Summary lastBoot */
                lastBoot?: (number|null);

                /** Summary lastN */
                lastN?: (number|null);

                /** Summary policies */
                policies?: (accord.v1.PolicyReport.$Properties[]|null);

                /** Summary facts */
                facts?: (accord.v1.Facts.$Properties|null);

                /** Summary anchors */
                anchors?: (accord.v1.AnchorPosition.$Properties[]|null);

                /** Summary alarms */
                alarms?: (string[]|null);

                /** Summary usage */
                usage?: (accord.v1.QuotaUsage.$Properties[]|null);

                /** Summary left */
                left?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Summary. */
            type $Shape = accord.v1.Summary.$Properties;
        }

        /**
         * Properties of a QuotaUsage.
         * @deprecated Use accord.v1.QuotaUsage.$Properties instead.
         */
        interface IQuotaUsage extends accord.v1.QuotaUsage.$Properties {
        }

        /** Represents a QuotaUsage. */
        class QuotaUsage {

            /**
             * Constructs a new QuotaUsage.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.QuotaUsage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QuotaUsage namespace. */
            namespace: string;

            /** QuotaUsage quota. */
            quota: string;

            /** QuotaUsage resource. */
            resource: string;

            /** QuotaUsage used. */
            used: string;

            /** QuotaUsage hard. */
            hard: string;

            /** QuotaUsage percent. */
            percent: number;

            /**
             * Encodes the specified QuotaUsage message. Does not implicitly {@link accord.v1.QuotaUsage.verify|verify} messages.
             * @param message QuotaUsage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.QuotaUsage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuotaUsage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.QuotaUsage & accord.v1.QuotaUsage.$Shape} QuotaUsage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.QuotaUsage & accord.v1.QuotaUsage.$Shape;

            /**
             * Creates a QuotaUsage message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns QuotaUsage
             */
            static fromObject(object: { [k: string]: any }): accord.v1.QuotaUsage;

            /**
             * Creates a plain object from a QuotaUsage message. Also converts values to other types if specified.
             * @param message QuotaUsage
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.QuotaUsage, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this QuotaUsage to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for QuotaUsage
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace QuotaUsage {

            /** Properties of a QuotaUsage. */
            interface $Properties {

                /** QuotaUsage namespace */
                namespace?: (string|null);

                /** QuotaUsage quota */
                quota?: (string|null);

                /** QuotaUsage resource */
                resource?: (string|null);

                /** QuotaUsage used */
                used?: (string|null);

                /** QuotaUsage hard */
                hard?: (string|null);

                /** QuotaUsage percent */
                percent?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QuotaUsage. */
            type $Shape = accord.v1.QuotaUsage.$Properties;
        }

        /**
         * Properties of a Facts.
         * @deprecated Use accord.v1.Facts.$Properties instead.
         */
        interface IFacts extends accord.v1.Facts.$Properties {
        }

        /** Represents a Facts. */
        class Facts {

            /**
             * Constructs a new Facts.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Facts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Facts kubernetesVersion. */
            kubernetesVersion: string;

            /** Facts spokeVersion. */
            spokeVersion: string;

            /** Facts kubeSystemUid. */
            kubeSystemUid: string;

            /** Facts permissions. */
            permissions: string;

            /** Facts platform. */
            platform: string;

            /** Facts sealingKeys. */
            sealingKeys: accord.v1.SealingKey.$Properties[];

            /** Facts capacity. */
            capacity?: (accord.v1.Capacity.$Properties|null);

            /** Facts guardrail. */
            guardrail?: (accord.v1.Guardrail.$Properties|null);

            /**
             * Encodes the specified Facts message. Does not implicitly {@link accord.v1.Facts.verify|verify} messages.
             * @param message Facts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Facts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Facts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Facts & accord.v1.Facts.$Shape} Facts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Facts & accord.v1.Facts.$Shape;

            /**
             * Creates a Facts message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Facts
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Facts;

            /**
             * Creates a plain object from a Facts message. Also converts values to other types if specified.
             * @param message Facts
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Facts, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Facts to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Facts
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Facts {

            /** Properties of a Facts. */
            interface $Properties {

                /** Facts kubernetesVersion */
                kubernetesVersion?: (string|null);

                /** Facts spokeVersion */
                spokeVersion?: (string|null);

                /** Facts kubeSystemUid */
                kubeSystemUid?: (string|null);

                /** Facts permissions */
                permissions?: (string|null);

                /** Facts platform */
                platform?: (string|null);

                /** Facts sealingKeys */
                sealingKeys?: (accord.v1.SealingKey.$Properties[]|null);

                /** Facts capacity */
                capacity?: (accord.v1.Capacity.$Properties|null);

                /** Facts guardrail */
                guardrail?: (accord.v1.Guardrail.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Facts. */
            type $Shape = accord.v1.Facts.$Properties;
        }

        /**
         * Properties of a Guardrail.
         * @deprecated Use accord.v1.Guardrail.$Properties instead.
         */
        interface IGuardrail extends accord.v1.Guardrail.$Properties {
        }

        /** Represents a Guardrail. */
        class Guardrail {

            /**
             * Constructs a new Guardrail.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Guardrail.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Guardrail generation. */
            generation: number;

            /** Guardrail because. */
            because: string;

            /** Guardrail allowedKinds. */
            allowedKinds?: (accord.v1.NameList.$Properties|null);

            /** Guardrail allowedNamespaces. */
            allowedNamespaces?: (accord.v1.NameList.$Properties|null);

            /** Guardrail bindableRoles. */
            bindableRoles?: (accord.v1.NameList.$Properties|null);

            /** Guardrail protectedNamespaces. */
            protectedNamespaces?: (accord.v1.NameList.$Properties|null);

            /** Guardrail allowRisks. */
            allowRisks?: (accord.v1.NameList.$Properties|null);

            /** Guardrail maxObjects. */
            maxObjects: number;

            /** Guardrail maxRemovalsPerHour. */
            maxRemovalsPerHour?: (accord.v1.Limit.$Properties|null);

            /** Guardrail windows. */
            windows: accord.v1.GuardrailWindow.$Properties[];

            /** Guardrail moreWindows. */
            moreWindows: number;

            /** Guardrail freeze. */
            freeze?: (accord.v1.GuardrailFreeze.$Properties|null);

            /** Guardrail maxLocalHold. */
            maxLocalHold: string;

            /**
             * Encodes the specified Guardrail message. Does not implicitly {@link accord.v1.Guardrail.verify|verify} messages.
             * @param message Guardrail message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Guardrail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Guardrail message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Guardrail & accord.v1.Guardrail.$Shape} Guardrail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Guardrail & accord.v1.Guardrail.$Shape;

            /**
             * Creates a Guardrail message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Guardrail
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Guardrail;

            /**
             * Creates a plain object from a Guardrail message. Also converts values to other types if specified.
             * @param message Guardrail
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Guardrail, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Guardrail to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Guardrail
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Guardrail {

            /** Properties of a Guardrail. */
            interface $Properties {

                /** Guardrail generation */
                generation?: (number|null);

                /** Guardrail because */
                because?: (string|null);

                /** Guardrail allowedKinds */
                allowedKinds?: (accord.v1.NameList.$Properties|null);

                /** Guardrail allowedNamespaces */
                allowedNamespaces?: (accord.v1.NameList.$Properties|null);

                /** Guardrail bindableRoles */
                bindableRoles?: (accord.v1.NameList.$Properties|null);

                /** Guardrail protectedNamespaces */
                protectedNamespaces?: (accord.v1.NameList.$Properties|null);

                /** Guardrail allowRisks */
                allowRisks?: (accord.v1.NameList.$Properties|null);

                /** Guardrail maxObjects */
                maxObjects?: (number|null);

                /** Guardrail maxRemovalsPerHour */
                maxRemovalsPerHour?: (accord.v1.Limit.$Properties|null);

                /** Guardrail windows */
                windows?: (accord.v1.GuardrailWindow.$Properties[]|null);

                /** Guardrail moreWindows */
                moreWindows?: (number|null);

                /** Guardrail freeze */
                freeze?: (accord.v1.GuardrailFreeze.$Properties|null);

                /** Guardrail maxLocalHold */
                maxLocalHold?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Guardrail. */
            type $Shape = accord.v1.Guardrail.$Properties;
        }

        /**
         * Properties of a NameList.
         * @deprecated Use accord.v1.NameList.$Properties instead.
         */
        interface INameList extends accord.v1.NameList.$Properties {
        }

        /** Represents a NameList. */
        class NameList {

            /**
             * Constructs a new NameList.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.NameList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NameList names. */
            names: string[];

            /** NameList more. */
            more: number;

            /**
             * Encodes the specified NameList message. Does not implicitly {@link accord.v1.NameList.verify|verify} messages.
             * @param message NameList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.NameList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NameList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.NameList & accord.v1.NameList.$Shape} NameList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.NameList & accord.v1.NameList.$Shape;

            /**
             * Creates a NameList message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NameList
             */
            static fromObject(object: { [k: string]: any }): accord.v1.NameList;

            /**
             * Creates a plain object from a NameList message. Also converts values to other types if specified.
             * @param message NameList
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.NameList, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NameList to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NameList
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NameList {

            /** Properties of a NameList. */
            interface $Properties {

                /** NameList names */
                names?: (string[]|null);

                /** NameList more */
                more?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NameList. */
            type $Shape = accord.v1.NameList.$Properties;
        }

        /**
         * Properties of a Limit.
         * @deprecated Use accord.v1.Limit.$Properties instead.
         */
        interface ILimit extends accord.v1.Limit.$Properties {
        }

        /** Represents a Limit. */
        class Limit {

            /**
             * Constructs a new Limit.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Limit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Limit value. */
            value: number;

            /**
             * Encodes the specified Limit message. Does not implicitly {@link accord.v1.Limit.verify|verify} messages.
             * @param message Limit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Limit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Limit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Limit & accord.v1.Limit.$Shape} Limit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Limit & accord.v1.Limit.$Shape;

            /**
             * Creates a Limit message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Limit
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Limit;

            /**
             * Creates a plain object from a Limit message. Also converts values to other types if specified.
             * @param message Limit
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Limit, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Limit to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Limit
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Limit {

            /** Properties of a Limit. */
            interface $Properties {

                /** Limit value */
                value?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Limit. */
            type $Shape = accord.v1.Limit.$Properties;
        }

        /**
         * Properties of a GuardrailWindow.
         * @deprecated Use accord.v1.GuardrailWindow.$Properties instead.
         */
        interface IGuardrailWindow extends accord.v1.GuardrailWindow.$Properties {
        }

        /** Represents a GuardrailWindow. */
        class GuardrailWindow {

            /**
             * Constructs a new GuardrailWindow.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.GuardrailWindow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GuardrailWindow schedule. */
            schedule: string;

            /** GuardrailWindow duration. */
            duration: string;

            /** GuardrailWindow timeZone. */
            timeZone: string;

            /**
             * Encodes the specified GuardrailWindow message. Does not implicitly {@link accord.v1.GuardrailWindow.verify|verify} messages.
             * @param message GuardrailWindow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.GuardrailWindow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GuardrailWindow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.GuardrailWindow & accord.v1.GuardrailWindow.$Shape} GuardrailWindow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.GuardrailWindow & accord.v1.GuardrailWindow.$Shape;

            /**
             * Creates a GuardrailWindow message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GuardrailWindow
             */
            static fromObject(object: { [k: string]: any }): accord.v1.GuardrailWindow;

            /**
             * Creates a plain object from a GuardrailWindow message. Also converts values to other types if specified.
             * @param message GuardrailWindow
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.GuardrailWindow, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GuardrailWindow to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for GuardrailWindow
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GuardrailWindow {

            /** Properties of a GuardrailWindow. */
            interface $Properties {

                /** GuardrailWindow schedule */
                schedule?: (string|null);

                /** GuardrailWindow duration */
                duration?: (string|null);

                /** GuardrailWindow timeZone */
                timeZone?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GuardrailWindow. */
            type $Shape = accord.v1.GuardrailWindow.$Properties;
        }

        /**
         * Properties of a GuardrailFreeze.
         * @deprecated Use accord.v1.GuardrailFreeze.$Properties instead.
         */
        interface IGuardrailFreeze extends accord.v1.GuardrailFreeze.$Properties {
        }

        /** Represents a GuardrailFreeze. */
        class GuardrailFreeze {

            /**
             * Constructs a new GuardrailFreeze.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.GuardrailFreeze.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GuardrailFreeze untilMs. */
            untilMs: number;

            /** GuardrailFreeze reason. */
            reason: string;

            /**
             * Encodes the specified GuardrailFreeze message. Does not implicitly {@link accord.v1.GuardrailFreeze.verify|verify} messages.
             * @param message GuardrailFreeze message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.GuardrailFreeze.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GuardrailFreeze message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.GuardrailFreeze & accord.v1.GuardrailFreeze.$Shape} GuardrailFreeze
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.GuardrailFreeze & accord.v1.GuardrailFreeze.$Shape;

            /**
             * Creates a GuardrailFreeze message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GuardrailFreeze
             */
            static fromObject(object: { [k: string]: any }): accord.v1.GuardrailFreeze;

            /**
             * Creates a plain object from a GuardrailFreeze message. Also converts values to other types if specified.
             * @param message GuardrailFreeze
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.GuardrailFreeze, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GuardrailFreeze to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for GuardrailFreeze
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GuardrailFreeze {

            /** Properties of a GuardrailFreeze. */
            interface $Properties {

                /** GuardrailFreeze untilMs */
                untilMs?: (number|null);

                /** GuardrailFreeze reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GuardrailFreeze. */
            type $Shape = accord.v1.GuardrailFreeze.$Properties;
        }

        /**
         * Properties of a Capacity.
         * @deprecated Use accord.v1.Capacity.$Properties instead.
         */
        interface ICapacity extends accord.v1.Capacity.$Properties {
        }

        /** Represents a Capacity. */
        class Capacity {

            /**
             * Constructs a new Capacity.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Capacity.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Capacity nodes. */
            nodes: number;

            /** Capacity nodesReady. */
            nodesReady: number;

            /** Capacity cpu. */
            cpu: number;

            /** Capacity memoryGi. */
            memoryGi: number;

            /** Capacity pods. */
            pods: number;

            /**
             * Encodes the specified Capacity message. Does not implicitly {@link accord.v1.Capacity.verify|verify} messages.
             * @param message Capacity message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Capacity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Capacity message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Capacity & accord.v1.Capacity.$Shape} Capacity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Capacity & accord.v1.Capacity.$Shape;

            /**
             * Creates a Capacity message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Capacity
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Capacity;

            /**
             * Creates a plain object from a Capacity message. Also converts values to other types if specified.
             * @param message Capacity
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Capacity, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Capacity to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Capacity
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Capacity {

            /** Properties of a Capacity. */
            interface $Properties {

                /** Capacity nodes */
                nodes?: (number|null);

                /** Capacity nodesReady */
                nodesReady?: (number|null);

                /** Capacity cpu */
                cpu?: (number|null);

                /** Capacity memoryGi */
                memoryGi?: (number|null);

                /** Capacity pods */
                pods?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Capacity. */
            type $Shape = accord.v1.Capacity.$Properties;
        }

        /**
         * Properties of a SealingKey.
         * @deprecated Use accord.v1.SealingKey.$Properties instead.
         */
        interface ISealingKey extends accord.v1.SealingKey.$Properties {
        }

        /** Represents a SealingKey. */
        class SealingKey {

            /**
             * Constructs a new SealingKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.SealingKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealingKey id. */
            id: string;

            /** SealingKey publicKey. */
            publicKey: Uint8Array;

            /** SealingKey createdAtMs. */
            createdAtMs: number;

            /** SealingKey attestation. */
            attestation: Uint8Array;

            /**
             * Encodes the specified SealingKey message. Does not implicitly {@link accord.v1.SealingKey.verify|verify} messages.
             * @param message SealingKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.SealingKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealingKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.SealingKey & accord.v1.SealingKey.$Shape} SealingKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.SealingKey & accord.v1.SealingKey.$Shape;

            /**
             * Creates a SealingKey message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SealingKey
             */
            static fromObject(object: { [k: string]: any }): accord.v1.SealingKey;

            /**
             * Creates a plain object from a SealingKey message. Also converts values to other types if specified.
             * @param message SealingKey
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.SealingKey, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SealingKey to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for SealingKey
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SealingKey {

            /** Properties of a SealingKey. */
            interface $Properties {

                /** SealingKey id */
                id?: (string|null);

                /** SealingKey publicKey */
                publicKey?: (Uint8Array|null);

                /** SealingKey createdAtMs */
                createdAtMs?: (number|null);

                /** SealingKey attestation */
                attestation?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealingKey. */
            type $Shape = accord.v1.SealingKey.$Properties;
        }

        /**
         * Properties of an AnchorPosition.
         * @deprecated Use accord.v1.AnchorPosition.$Properties instead.
         */
        interface IAnchorPosition extends accord.v1.AnchorPosition.$Properties {
        }

        /** Represents an AnchorPosition. */
        class AnchorPosition {

            /**
             * Constructs a new AnchorPosition.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.AnchorPosition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AnchorPosition anchor. */
            anchor: string;

            /** AnchorPosition epoch. */
            epoch: number;

            /** AnchorPosition version. */
            version: number;

            /** AnchorPosition live. */
            live: boolean;

            /**
             * Encodes the specified AnchorPosition message. Does not implicitly {@link accord.v1.AnchorPosition.verify|verify} messages.
             * @param message AnchorPosition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.AnchorPosition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AnchorPosition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.AnchorPosition & accord.v1.AnchorPosition.$Shape} AnchorPosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.AnchorPosition & accord.v1.AnchorPosition.$Shape;

            /**
             * Creates an AnchorPosition message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AnchorPosition
             */
            static fromObject(object: { [k: string]: any }): accord.v1.AnchorPosition;

            /**
             * Creates a plain object from an AnchorPosition message. Also converts values to other types if specified.
             * @param message AnchorPosition
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.AnchorPosition, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AnchorPosition to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for AnchorPosition
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AnchorPosition {

            /** Properties of an AnchorPosition. */
            interface $Properties {

                /** AnchorPosition anchor */
                anchor?: (string|null);

                /** AnchorPosition epoch */
                epoch?: (number|null);

                /** AnchorPosition version */
                version?: (number|null);

                /** AnchorPosition live */
                live?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AnchorPosition. */
            type $Shape = accord.v1.AnchorPosition.$Properties;
        }

        /**
         * Properties of a PolicyReport.
         * @deprecated Use accord.v1.PolicyReport.$Properties instead.
         */
        interface IPolicyReport extends accord.v1.PolicyReport.$Properties {
        }

        /** Represents a PolicyReport. */
        class PolicyReport {

            /**
             * Constructs a new PolicyReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.PolicyReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyReport policy. */
            policy: string;

            /** PolicyReport epoch. */
            epoch: number;

            /** PolicyReport revision. */
            revision: number;

            /** PolicyReport step. */
            step: number;

            /** PolicyReport state. */
            state: string;

            /** PolicyReport reason. */
            reason: string;

            /** PolicyReport message. */
            message: string;

            /** PolicyReport desired. */
            desired: number;

            /** PolicyReport applied. */
            applied: number;

            /** PolicyReport problems. */
            problems: accord.v1.Problem.$Properties[];

            /** PolicyReport retained. */
            retained: string[];

            /** PolicyReport sinceMs. */
            sinceMs: number;

            /** PolicyReport held. */
            held: number;

            /** PolicyReport heals. */
            heals: number;

            /** PolicyReport leaving. */
            leaving: boolean;

            /** PolicyReport hold. */
            hold?: (accord.v1.HoldScope.$Properties|null);

            /**
             * Encodes the specified PolicyReport message. Does not implicitly {@link accord.v1.PolicyReport.verify|verify} messages.
             * @param message PolicyReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.PolicyReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.PolicyReport & accord.v1.PolicyReport.$Shape} PolicyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.PolicyReport & accord.v1.PolicyReport.$Shape;

            /**
             * Creates a PolicyReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicyReport
             */
            static fromObject(object: { [k: string]: any }): accord.v1.PolicyReport;

            /**
             * Creates a plain object from a PolicyReport message. Also converts values to other types if specified.
             * @param message PolicyReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.PolicyReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicyReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for PolicyReport
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PolicyReport {

            /** Properties of a PolicyReport. */
            interface $Properties {

                /** PolicyReport policy */
                policy?: (string|null);

                /** PolicyReport epoch */
                epoch?: (number|null);

                /** PolicyReport revision */
                revision?: (number|null);

                /** PolicyReport step */
                step?: (number|null);

                /** PolicyReport state */
                state?: (string|null);

                /** PolicyReport reason */
                reason?: (string|null);

                /** PolicyReport message */
                message?: (string|null);

                /** PolicyReport desired */
                desired?: (number|null);

                /** PolicyReport applied */
                applied?: (number|null);

                /** PolicyReport problems */
                problems?: (accord.v1.Problem.$Properties[]|null);

                /** PolicyReport retained */
                retained?: (string[]|null);

                /** PolicyReport sinceMs */
                sinceMs?: (number|null);

                /** PolicyReport held */
                held?: (number|null);

                /** PolicyReport heals */
                heals?: (number|null);

                /** PolicyReport leaving */
                leaving?: (boolean|null);

                /** PolicyReport hold */
                hold?: (accord.v1.HoldScope.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyReport. */
            type $Shape = accord.v1.PolicyReport.$Properties;
        }

        /**
         * Properties of a HoldScope.
         * @deprecated Use accord.v1.HoldScope.$Properties instead.
         */
        interface IHoldScope extends accord.v1.HoldScope.$Properties {
        }

        /** Represents a HoldScope. */
        class HoldScope {

            /**
             * Constructs a new HoldScope.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HoldScope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HoldScope policy. */
            policy: string;

            /** HoldScope object. */
            object: string;

            /**
             * Encodes the specified HoldScope message. Does not implicitly {@link accord.v1.HoldScope.verify|verify} messages.
             * @param message HoldScope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HoldScope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HoldScope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HoldScope & accord.v1.HoldScope.$Shape} HoldScope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HoldScope & accord.v1.HoldScope.$Shape;

            /**
             * Creates a HoldScope message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HoldScope
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HoldScope;

            /**
             * Creates a plain object from a HoldScope message. Also converts values to other types if specified.
             * @param message HoldScope
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HoldScope, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HoldScope to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HoldScope
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HoldScope {

            /** Properties of a HoldScope. */
            interface $Properties {

                /** HoldScope policy */
                policy?: (string|null);

                /** HoldScope object */
                object?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HoldScope. */
            type $Shape = accord.v1.HoldScope.$Properties;
        }

        /**
         * Properties of a Problem.
         * @deprecated Use accord.v1.Problem.$Properties instead.
         */
        interface IProblem extends accord.v1.Problem.$Properties {
        }

        /** Represents a Problem. */
        class Problem {

            /**
             * Constructs a new Problem.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Problem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Problem object. */
            object: string;

            /** Problem state. */
            state: string;

            /** Problem reason. */
            reason: string;

            /** Problem message. */
            message: string;

            /** Problem drift. */
            drift?: (accord.v1.Drift.$Properties|null);

            /**
             * Encodes the specified Problem message. Does not implicitly {@link accord.v1.Problem.verify|verify} messages.
             * @param message Problem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Problem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Problem & accord.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Problem & accord.v1.Problem.$Shape;

            /**
             * Creates a Problem message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Problem
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Problem;

            /**
             * Creates a plain object from a Problem message. Also converts values to other types if specified.
             * @param message Problem
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Problem, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Problem to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Problem
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Problem {

            /** Properties of a Problem. */
            interface $Properties {

                /** Problem object */
                object?: (string|null);

                /** Problem state */
                state?: (string|null);

                /** Problem reason */
                reason?: (string|null);

                /** Problem message */
                message?: (string|null);

                /** Problem drift */
                drift?: (accord.v1.Drift.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Problem. */
            type $Shape = accord.v1.Problem.$Properties;
        }

        /**
         * Properties of a Drift.
         * @deprecated Use accord.v1.Drift.$Properties instead.
         */
        interface IDrift extends accord.v1.Drift.$Properties {
        }

        /** Represents a Drift. */
        class Drift {

            /**
             * Constructs a new Drift.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Drift.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Drift manager. */
            manager: string;

            /** Drift operation. */
            operation: string;

            /** Drift writtenMs. */
            writtenMs: number;

            /** Drift fields. */
            fields: string[];

            /**
             * Encodes the specified Drift message. Does not implicitly {@link accord.v1.Drift.verify|verify} messages.
             * @param message Drift message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Drift.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Drift message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Drift & accord.v1.Drift.$Shape} Drift
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Drift & accord.v1.Drift.$Shape;

            /**
             * Creates a Drift message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Drift
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Drift;

            /**
             * Creates a plain object from a Drift message. Also converts values to other types if specified.
             * @param message Drift
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Drift, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Drift to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Drift
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Drift {

            /** Properties of a Drift. */
            interface $Properties {

                /** Drift manager */
                manager?: (string|null);

                /** Drift operation */
                operation?: (string|null);

                /** Drift writtenMs */
                writtenMs?: (number|null);

                /** Drift fields */
                fields?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Drift. */
            type $Shape = accord.v1.Drift.$Properties;
        }

        /**
         * Properties of an Outcome.
         * @deprecated Use accord.v1.Outcome.$Properties instead.
         */
        interface IOutcome extends accord.v1.Outcome.$Properties {
        }

        /** Represents an Outcome. */
        class Outcome {

            /**
             * Constructs a new Outcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Outcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Outcome policies. */
            policies: accord.v1.PolicyOutcome.$Properties[];

            /** Outcome heals. */
            heals: accord.v1.Heal.$Properties[];

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link accord.v1.Outcome.verify|verify} messages.
             * @param message Outcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Outcome & accord.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Outcome & accord.v1.Outcome.$Shape;

            /**
             * Creates an Outcome message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Outcome
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Outcome;

            /**
             * Creates a plain object from an Outcome message. Also converts values to other types if specified.
             * @param message Outcome
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Outcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Outcome to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Outcome
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Outcome {

            /** Properties of an Outcome. */
            interface $Properties {

                /** Outcome policies */
                policies?: (accord.v1.PolicyOutcome.$Properties[]|null);

                /** Outcome heals */
                heals?: (accord.v1.Heal.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Outcome. */
            type $Shape = accord.v1.Outcome.$Properties;
        }

        /**
         * Properties of a PolicyOutcome.
         * @deprecated Use accord.v1.PolicyOutcome.$Properties instead.
         */
        interface IPolicyOutcome extends accord.v1.PolicyOutcome.$Properties {
        }

        /** Represents a PolicyOutcome. */
        class PolicyOutcome {

            /**
             * Constructs a new PolicyOutcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.PolicyOutcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyOutcome report. */
            report?: (accord.v1.PolicyReport.$Properties|null);

            /** PolicyOutcome change. */
            change?: (accord.v1.Change.$Properties|null);

            /** PolicyOutcome stamps. */
            stamps?: (accord.v1.Stamps.$Properties|null);

            /** PolicyOutcome created. */
            created: number;

            /** PolicyOutcome changed. */
            changed: number;

            /** PolicyOutcome removed. */
            removed: number;

            /** PolicyOutcome stages. */
            stages: accord.v1.StageTimes.$Properties[];

            /**
             * Encodes the specified PolicyOutcome message. Does not implicitly {@link accord.v1.PolicyOutcome.verify|verify} messages.
             * @param message PolicyOutcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.PolicyOutcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyOutcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.PolicyOutcome & accord.v1.PolicyOutcome.$Shape} PolicyOutcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.PolicyOutcome & accord.v1.PolicyOutcome.$Shape;

            /**
             * Creates a PolicyOutcome message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicyOutcome
             */
            static fromObject(object: { [k: string]: any }): accord.v1.PolicyOutcome;

            /**
             * Creates a plain object from a PolicyOutcome message. Also converts values to other types if specified.
             * @param message PolicyOutcome
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.PolicyOutcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicyOutcome to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for PolicyOutcome
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PolicyOutcome {

            /** Properties of a PolicyOutcome. */
            interface $Properties {

                /** PolicyOutcome report */
                report?: (accord.v1.PolicyReport.$Properties|null);

                /** PolicyOutcome change */
                change?: (accord.v1.Change.$Properties|null);

                /** PolicyOutcome stamps */
                stamps?: (accord.v1.Stamps.$Properties|null);

                /** PolicyOutcome created */
                created?: (number|null);

                /** PolicyOutcome changed */
                changed?: (number|null);

                /** PolicyOutcome removed */
                removed?: (number|null);

                /** PolicyOutcome stages */
                stages?: (accord.v1.StageTimes.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyOutcome. */
            type $Shape = accord.v1.PolicyOutcome.$Properties;
        }

        /**
         * Properties of a StageTimes.
         * @deprecated Use accord.v1.StageTimes.$Properties instead.
         */
        interface IStageTimes extends accord.v1.StageTimes.$Properties {
        }

        /** Represents a StageTimes. */
        class StageTimes {

            /**
             * Constructs a new StageTimes.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.StageTimes.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StageTimes stage. */
            stage: number;

            /** StageTimes startMs. */
            startMs: number;

            /** StageTimes endMs. */
            endMs: number;

            /** StageTimes writes. */
            writes: number;

            /** StageTimes slowest. */
            slowest?: (accord.v1.SlowestWrite.$Properties|null);

            /**
             * Encodes the specified StageTimes message. Does not implicitly {@link accord.v1.StageTimes.verify|verify} messages.
             * @param message StageTimes message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.StageTimes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StageTimes message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.StageTimes & accord.v1.StageTimes.$Shape} StageTimes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.StageTimes & accord.v1.StageTimes.$Shape;

            /**
             * Creates a StageTimes message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StageTimes
             */
            static fromObject(object: { [k: string]: any }): accord.v1.StageTimes;

            /**
             * Creates a plain object from a StageTimes message. Also converts values to other types if specified.
             * @param message StageTimes
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.StageTimes, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StageTimes to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for StageTimes
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace StageTimes {

            /** Properties of a StageTimes. */
            interface $Properties {

                /** StageTimes stage */
                stage?: (number|null);

                /** StageTimes startMs */
                startMs?: (number|null);

                /** StageTimes endMs */
                endMs?: (number|null);

                /** StageTimes writes */
                writes?: (number|null);

                /** StageTimes slowest */
                slowest?: (accord.v1.SlowestWrite.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StageTimes. */
            type $Shape = accord.v1.StageTimes.$Properties;
        }

        /**
         * Properties of a SlowestWrite.
         * @deprecated Use accord.v1.SlowestWrite.$Properties instead.
         */
        interface ISlowestWrite extends accord.v1.SlowestWrite.$Properties {
        }

        /** Represents a SlowestWrite. */
        class SlowestWrite {

            /**
             * Constructs a new SlowestWrite.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.SlowestWrite.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SlowestWrite object. */
            object: string;

            /** SlowestWrite method. */
            method: string;

            /** SlowestWrite startMs. */
            startMs: number;

            /** SlowestWrite ms. */
            ms: number;

            /** SlowestWrite result. */
            result: string;

            /**
             * Encodes the specified SlowestWrite message. Does not implicitly {@link accord.v1.SlowestWrite.verify|verify} messages.
             * @param message SlowestWrite message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.SlowestWrite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SlowestWrite message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.SlowestWrite & accord.v1.SlowestWrite.$Shape} SlowestWrite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.SlowestWrite & accord.v1.SlowestWrite.$Shape;

            /**
             * Creates a SlowestWrite message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SlowestWrite
             */
            static fromObject(object: { [k: string]: any }): accord.v1.SlowestWrite;

            /**
             * Creates a plain object from a SlowestWrite message. Also converts values to other types if specified.
             * @param message SlowestWrite
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.SlowestWrite, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SlowestWrite to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for SlowestWrite
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SlowestWrite {

            /** Properties of a SlowestWrite. */
            interface $Properties {

                /** SlowestWrite object */
                object?: (string|null);

                /** SlowestWrite method */
                method?: (string|null);

                /** SlowestWrite startMs */
                startMs?: (number|null);

                /** SlowestWrite ms */
                ms?: (number|null);

                /** SlowestWrite result */
                result?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SlowestWrite. */
            type $Shape = accord.v1.SlowestWrite.$Properties;
        }

        /**
         * Properties of a Stamps.
         * @deprecated Use accord.v1.Stamps.$Properties instead.
         */
        interface IStamps extends accord.v1.Stamps.$Properties {
        }

        /** Represents a Stamps. */
        class Stamps {

            /**
             * Constructs a new Stamps.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Stamps.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Stamps acceptedMs. */
            acceptedMs: number;

            /** Stamps publishedMs. */
            publishedMs: number;

            /** Stamps receivedMs. */
            receivedMs: number;

            /** Stamps verifiedMs. */
            verifiedMs: number;

            /** Stamps compiledMs. */
            compiledMs: number;

            /** Stamps appliedMs. */
            appliedMs: number;

            /** Stamps reportedMs. */
            reportedMs: number;

            /**
             * Encodes the specified Stamps message. Does not implicitly {@link accord.v1.Stamps.verify|verify} messages.
             * @param message Stamps message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Stamps.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Stamps message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Stamps & accord.v1.Stamps.$Shape} Stamps
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Stamps & accord.v1.Stamps.$Shape;

            /**
             * Creates a Stamps message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Stamps
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Stamps;

            /**
             * Creates a plain object from a Stamps message. Also converts values to other types if specified.
             * @param message Stamps
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Stamps, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Stamps to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Stamps
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Stamps {

            /** Properties of a Stamps. */
            interface $Properties {

                /** Stamps acceptedMs */
                acceptedMs?: (number|null);

                /** Stamps publishedMs */
                publishedMs?: (number|null);

                /** Stamps receivedMs */
                receivedMs?: (number|null);

                /** Stamps verifiedMs */
                verifiedMs?: (number|null);

                /** Stamps compiledMs */
                compiledMs?: (number|null);

                /** Stamps appliedMs */
                appliedMs?: (number|null);

                /** Stamps reportedMs */
                reportedMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Stamps. */
            type $Shape = accord.v1.Stamps.$Properties;
        }

        /**
         * Properties of a Heal.
         * @deprecated Use accord.v1.Heal.$Properties instead.
         */
        interface IHeal extends accord.v1.Heal.$Properties {
        }

        /** Represents a Heal. */
        class Heal {

            /**
             * Constructs a new Heal.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Heal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Heal object. */
            object: string;

            /** Heal policy. */
            policy: string;

            /** Heal manager. */
            manager: string;

            /** Heal operation. */
            operation: string;

            /** Heal seenMs. */
            seenMs: number;

            /** Heal healedMs. */
            healedMs: number;

            /** Heal fields. */
            fields: string[];

            /** Heal cause. */
            cause: string;

            /** Heal writtenMs. */
            writtenMs: number;

            /**
             * Encodes the specified Heal message. Does not implicitly {@link accord.v1.Heal.verify|verify} messages.
             * @param message Heal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Heal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Heal & accord.v1.Heal.$Shape} Heal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Heal & accord.v1.Heal.$Shape;

            /**
             * Creates a Heal message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Heal
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Heal;

            /**
             * Creates a plain object from a Heal message. Also converts values to other types if specified.
             * @param message Heal
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Heal, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Heal to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Heal
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Heal {

            /** Properties of a Heal. */
            interface $Properties {

                /** Heal object */
                object?: (string|null);

                /** Heal policy */
                policy?: (string|null);

                /** Heal manager */
                manager?: (string|null);

                /** Heal operation */
                operation?: (string|null);

                /** Heal seenMs */
                seenMs?: (number|null);

                /** Heal healedMs */
                healedMs?: (number|null);

                /** Heal fields */
                fields?: (string[]|null);

                /** Heal cause */
                cause?: (string|null);

                /** Heal writtenMs */
                writtenMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heal. */
            type $Shape = accord.v1.Heal.$Properties;
        }

        /**
         * Properties of a Beat.
         * @deprecated Use accord.v1.Beat.$Properties instead.
         */
        interface IBeat extends accord.v1.Beat.$Properties {
        }

        /** Represents a Beat. */
        class Beat {

            /**
             * Constructs a new Beat.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Beat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Beat epoch. */
            epoch: number;

            /** Beat boot. */
            boot: number;

            /** Beat tokenIat. */
            tokenIat: number;

            /** Beat syncDigest. */
            syncDigest: Uint8Array;

            /** Beat tsMs. */
            tsMs: number;

            /**
             * Encodes the specified Beat message. Does not implicitly {@link accord.v1.Beat.verify|verify} messages.
             * @param message Beat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Beat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Beat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Beat & accord.v1.Beat.$Shape} Beat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Beat & accord.v1.Beat.$Shape;

            /**
             * Creates a Beat message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Beat
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Beat;

            /**
             * Creates a plain object from a Beat message. Also converts values to other types if specified.
             * @param message Beat
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Beat, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Beat to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Beat
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Beat {

            /** Properties of a Beat. */
            interface $Properties {

                /** Beat epoch */
                epoch?: (number|null);

                /** Beat boot */
                boot?: (number|null);

                /** Beat tokenIat */
                tokenIat?: (number|null);

                /** Beat syncDigest */
                syncDigest?: (Uint8Array|null);

                /** Beat tsMs */
                tsMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Beat. */
            type $Shape = accord.v1.Beat.$Properties;
        }

        /**
         * Properties of a HistoryStatement.
         * @deprecated Use accord.v1.HistoryStatement.$Properties instead.
         */
        interface IHistoryStatement extends accord.v1.HistoryStatement.$Properties {
        }

        /** Represents a HistoryStatement. */
        class HistoryStatement {

            /**
             * Constructs a new HistoryStatement.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryStatement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryStatement subject. */
            subject: string;

            /** HistoryStatement bodyDigest. */
            bodyDigest: Uint8Array;

            /** HistoryStatement atMs. */
            atMs: number;

            /**
             * Encodes the specified HistoryStatement message. Does not implicitly {@link accord.v1.HistoryStatement.verify|verify} messages.
             * @param message HistoryStatement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryStatement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryStatement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryStatement & accord.v1.HistoryStatement.$Shape} HistoryStatement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryStatement & accord.v1.HistoryStatement.$Shape;

            /**
             * Creates a HistoryStatement message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryStatement
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryStatement;

            /**
             * Creates a plain object from a HistoryStatement message. Also converts values to other types if specified.
             * @param message HistoryStatement
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryStatement, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryStatement to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryStatement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryStatement {

            /** Properties of a HistoryStatement. */
            interface $Properties {

                /** HistoryStatement subject */
                subject?: (string|null);

                /** HistoryStatement bodyDigest */
                bodyDigest?: (Uint8Array|null);

                /** HistoryStatement atMs */
                atMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryStatement. */
            type $Shape = accord.v1.HistoryStatement.$Properties;
        }

        /**
         * Properties of a HistoryOutcomes.
         * @deprecated Use accord.v1.HistoryOutcomes.$Properties instead.
         */
        interface IHistoryOutcomes extends accord.v1.HistoryOutcomes.$Properties {
        }

        /** Represents a HistoryOutcomes. */
        class HistoryOutcomes {

            /**
             * Constructs a new HistoryOutcomes.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryOutcomes.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryOutcomes outcomesSeq. */
            outcomesSeq: number;

            /** HistoryOutcomes outcomes. */
            outcomes: accord.v1.HistoryOutcome.$Properties[];

            /** HistoryOutcomes gaps. */
            gaps: accord.v1.HistoryGap.$Properties[];

            /**
             * Encodes the specified HistoryOutcomes message. Does not implicitly {@link accord.v1.HistoryOutcomes.verify|verify} messages.
             * @param message HistoryOutcomes message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryOutcomes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryOutcomes message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryOutcomes & accord.v1.HistoryOutcomes.$Shape} HistoryOutcomes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryOutcomes & accord.v1.HistoryOutcomes.$Shape;

            /**
             * Creates a HistoryOutcomes message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryOutcomes
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryOutcomes;

            /**
             * Creates a plain object from a HistoryOutcomes message. Also converts values to other types if specified.
             * @param message HistoryOutcomes
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryOutcomes, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryOutcomes to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryOutcomes
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryOutcomes {

            /** Properties of a HistoryOutcomes. */
            interface $Properties {

                /** HistoryOutcomes outcomesSeq */
                outcomesSeq?: (number|null);

                /** HistoryOutcomes outcomes */
                outcomes?: (accord.v1.HistoryOutcome.$Properties[]|null);

                /** HistoryOutcomes gaps */
                gaps?: (accord.v1.HistoryGap.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryOutcomes. */
            type $Shape = accord.v1.HistoryOutcomes.$Properties;
        }

        /**
         * Properties of a HistoryOutcome.
         * @deprecated Use accord.v1.HistoryOutcome.$Properties instead.
         */
        interface IHistoryOutcome extends accord.v1.HistoryOutcome.$Properties {
        }

        /** Represents a HistoryOutcome. */
        class HistoryOutcome {

            /**
             * Constructs a new HistoryOutcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryOutcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryOutcome cluster. */
            cluster: string;

            /** HistoryOutcome message. */
            message: Uint8Array;

            /** HistoryOutcome atMs. */
            atMs: number;

            /** HistoryOutcome skewMs. */
            skewMs: number;

            /**
             * Encodes the specified HistoryOutcome message. Does not implicitly {@link accord.v1.HistoryOutcome.verify|verify} messages.
             * @param message HistoryOutcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryOutcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryOutcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryOutcome & accord.v1.HistoryOutcome.$Shape} HistoryOutcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryOutcome & accord.v1.HistoryOutcome.$Shape;

            /**
             * Creates a HistoryOutcome message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryOutcome
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryOutcome;

            /**
             * Creates a plain object from a HistoryOutcome message. Also converts values to other types if specified.
             * @param message HistoryOutcome
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryOutcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryOutcome to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryOutcome
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryOutcome {

            /** Properties of a HistoryOutcome. */
            interface $Properties {

                /** HistoryOutcome cluster */
                cluster?: (string|null);

                /** HistoryOutcome message */
                message?: (Uint8Array|null);

                /** HistoryOutcome atMs */
                atMs?: (number|null);

                /** HistoryOutcome skewMs */
                skewMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryOutcome. */
            type $Shape = accord.v1.HistoryOutcome.$Properties;
        }

        /**
         * Properties of a HistoryGap.
         * @deprecated Use accord.v1.HistoryGap.$Properties instead.
         */
        interface IHistoryGap extends accord.v1.HistoryGap.$Properties {
        }

        /** Represents a HistoryGap. */
        class HistoryGap {

            /**
             * Constructs a new HistoryGap.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryGap.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryGap cluster. */
            cluster: string;

            /** HistoryGap boot. */
            boot: number;

            /** HistoryGap firstN. */
            firstN: number;

            /** HistoryGap lastN. */
            lastN: number;

            /** HistoryGap reason. */
            reason: string;

            /**
             * Encodes the specified HistoryGap message. Does not implicitly {@link accord.v1.HistoryGap.verify|verify} messages.
             * @param message HistoryGap message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryGap.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryGap message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryGap & accord.v1.HistoryGap.$Shape} HistoryGap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryGap & accord.v1.HistoryGap.$Shape;

            /**
             * Creates a HistoryGap message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryGap
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryGap;

            /**
             * Creates a plain object from a HistoryGap message. Also converts values to other types if specified.
             * @param message HistoryGap
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryGap, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryGap to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryGap
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryGap {

            /** Properties of a HistoryGap. */
            interface $Properties {

                /** HistoryGap cluster */
                cluster?: (string|null);

                /** HistoryGap boot */
                boot?: (number|null);

                /** HistoryGap firstN */
                firstN?: (number|null);

                /** HistoryGap lastN */
                lastN?: (number|null);

                /** HistoryGap reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryGap. */
            type $Shape = accord.v1.HistoryGap.$Properties;
        }

        /**
         * Properties of a HistoryPublications.
         * @deprecated Use accord.v1.HistoryPublications.$Properties instead.
         */
        interface IHistoryPublications extends accord.v1.HistoryPublications.$Properties {
        }

        /** Represents a HistoryPublications. */
        class HistoryPublications {

            /**
             * Constructs a new HistoryPublications.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryPublications.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryPublications publications. */
            publications: accord.v1.Publication.$Properties[];

            /**
             * Encodes the specified HistoryPublications message. Does not implicitly {@link accord.v1.HistoryPublications.verify|verify} messages.
             * @param message HistoryPublications message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryPublications.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryPublications message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryPublications & accord.v1.HistoryPublications.$Shape} HistoryPublications
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryPublications & accord.v1.HistoryPublications.$Shape;

            /**
             * Creates a HistoryPublications message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryPublications
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryPublications;

            /**
             * Creates a plain object from a HistoryPublications message. Also converts values to other types if specified.
             * @param message HistoryPublications
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryPublications, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryPublications to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryPublications
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryPublications {

            /** Properties of a HistoryPublications. */
            interface $Properties {

                /** HistoryPublications publications */
                publications?: (accord.v1.Publication.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryPublications. */
            type $Shape = accord.v1.HistoryPublications.$Properties;
        }

        /**
         * Properties of a Publication.
         * @deprecated Use accord.v1.Publication.$Properties instead.
         */
        interface IPublication extends accord.v1.Publication.$Properties {
        }

        /** Represents a Publication. */
        class Publication {

            /**
             * Constructs a new Publication.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.Publication.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Publication anchor. */
            anchor: string;

            /** Publication doc. */
            doc: string;

            /** Publication epoch. */
            epoch: number;

            /** Publication version. */
            version: number;

            /** Publication revision. */
            revision: number;

            /** Publication step. */
            step: number;

            /** Publication deleted. */
            deleted: boolean;

            /** Publication change. */
            change: string;

            /** Publication atMs. */
            atMs: number;

            /**
             * Encodes the specified Publication message. Does not implicitly {@link accord.v1.Publication.verify|verify} messages.
             * @param message Publication message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.Publication.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Publication message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.Publication & accord.v1.Publication.$Shape} Publication
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.Publication & accord.v1.Publication.$Shape;

            /**
             * Creates a Publication message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Publication
             */
            static fromObject(object: { [k: string]: any }): accord.v1.Publication;

            /**
             * Creates a plain object from a Publication message. Also converts values to other types if specified.
             * @param message Publication
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.Publication, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Publication to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Publication
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Publication {

            /** Properties of a Publication. */
            interface $Properties {

                /** Publication anchor */
                anchor?: (string|null);

                /** Publication doc */
                doc?: (string|null);

                /** Publication epoch */
                epoch?: (number|null);

                /** Publication version */
                version?: (number|null);

                /** Publication revision */
                revision?: (number|null);

                /** Publication step */
                step?: (number|null);

                /** Publication deleted */
                deleted?: (boolean|null);

                /** Publication change */
                change?: (string|null);

                /** Publication atMs */
                atMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Publication. */
            type $Shape = accord.v1.Publication.$Properties;
        }

        /**
         * Properties of a HistoryPresence.
         * @deprecated Use accord.v1.HistoryPresence.$Properties instead.
         */
        interface IHistoryPresence extends accord.v1.HistoryPresence.$Properties {
        }

        /** Represents a HistoryPresence. */
        class HistoryPresence {

            /**
             * Constructs a new HistoryPresence.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryPresence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryPresence changes. */
            changes: accord.v1.PresenceChange.$Properties[];

            /**
             * Encodes the specified HistoryPresence message. Does not implicitly {@link accord.v1.HistoryPresence.verify|verify} messages.
             * @param message HistoryPresence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryPresence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryPresence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryPresence & accord.v1.HistoryPresence.$Shape} HistoryPresence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryPresence & accord.v1.HistoryPresence.$Shape;

            /**
             * Creates a HistoryPresence message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryPresence
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryPresence;

            /**
             * Creates a plain object from a HistoryPresence message. Also converts values to other types if specified.
             * @param message HistoryPresence
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryPresence, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryPresence to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryPresence
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryPresence {

            /** Properties of a HistoryPresence. */
            interface $Properties {

                /** HistoryPresence changes */
                changes?: (accord.v1.PresenceChange.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryPresence. */
            type $Shape = accord.v1.HistoryPresence.$Properties;
        }

        /**
         * Properties of a PresenceChange.
         * @deprecated Use accord.v1.PresenceChange.$Properties instead.
         */
        interface IPresenceChange extends accord.v1.PresenceChange.$Properties {
        }

        /** Represents a PresenceChange. */
        class PresenceChange {

            /**
             * Constructs a new PresenceChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.PresenceChange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PresenceChange cluster. */
            cluster: string;

            /** PresenceChange state. */
            state: string;

            /** PresenceChange atMs. */
            atMs: number;

            /** PresenceChange sinceMs. */
            sinceMs: number;

            /**
             * Encodes the specified PresenceChange message. Does not implicitly {@link accord.v1.PresenceChange.verify|verify} messages.
             * @param message PresenceChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.PresenceChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PresenceChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.PresenceChange & accord.v1.PresenceChange.$Shape} PresenceChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.PresenceChange & accord.v1.PresenceChange.$Shape;

            /**
             * Creates a PresenceChange message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PresenceChange
             */
            static fromObject(object: { [k: string]: any }): accord.v1.PresenceChange;

            /**
             * Creates a plain object from a PresenceChange message. Also converts values to other types if specified.
             * @param message PresenceChange
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.PresenceChange, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PresenceChange to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for PresenceChange
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PresenceChange {

            /** Properties of a PresenceChange. */
            interface $Properties {

                /** PresenceChange cluster */
                cluster?: (string|null);

                /** PresenceChange state */
                state?: (string|null);

                /** PresenceChange atMs */
                atMs?: (number|null);

                /** PresenceChange sinceMs */
                sinceMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PresenceChange. */
            type $Shape = accord.v1.PresenceChange.$Properties;
        }

        /**
         * Properties of a HistoryAudit.
         * @deprecated Use accord.v1.HistoryAudit.$Properties instead.
         */
        interface IHistoryAudit extends accord.v1.HistoryAudit.$Properties {
        }

        /** Represents a HistoryAudit. */
        class HistoryAudit {

            /**
             * Constructs a new HistoryAudit.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.HistoryAudit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistoryAudit entries. */
            entries: accord.v1.AuditEntry.$Properties[];

            /**
             * Encodes the specified HistoryAudit message. Does not implicitly {@link accord.v1.HistoryAudit.verify|verify} messages.
             * @param message HistoryAudit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.HistoryAudit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistoryAudit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.HistoryAudit & accord.v1.HistoryAudit.$Shape} HistoryAudit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.HistoryAudit & accord.v1.HistoryAudit.$Shape;

            /**
             * Creates a HistoryAudit message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HistoryAudit
             */
            static fromObject(object: { [k: string]: any }): accord.v1.HistoryAudit;

            /**
             * Creates a plain object from a HistoryAudit message. Also converts values to other types if specified.
             * @param message HistoryAudit
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.HistoryAudit, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HistoryAudit to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for HistoryAudit
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistoryAudit {

            /** Properties of a HistoryAudit. */
            interface $Properties {

                /** HistoryAudit entries */
                entries?: (accord.v1.AuditEntry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistoryAudit. */
            type $Shape = accord.v1.HistoryAudit.$Properties;
        }

        /**
         * Properties of an AuditEntry.
         * @deprecated Use accord.v1.AuditEntry.$Properties instead.
         */
        interface IAuditEntry extends accord.v1.AuditEntry.$Properties {
        }

        /** Represents an AuditEntry. */
        class AuditEntry {

            /**
             * Constructs a new AuditEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: accord.v1.AuditEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AuditEntry actor. */
            actor: string;

            /** AuditEntry action. */
            action: string;

            /** AuditEntry object. */
            object: string;

            /** AuditEntry change. */
            change: string;

            /** AuditEntry reason. */
            reason: string;

            /** AuditEntry source. */
            source: string;

            /** AuditEntry result. */
            result: string;

            /** AuditEntry detail. */
            detail: string;

            /** AuditEntry atMs. */
            atMs: number;

            /** AuditEntry count. */
            count: number;

            /**
             * Encodes the specified AuditEntry message. Does not implicitly {@link accord.v1.AuditEntry.verify|verify} messages.
             * @param message AuditEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: accord.v1.AuditEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AuditEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {accord.v1.AuditEntry & accord.v1.AuditEntry.$Shape} AuditEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): accord.v1.AuditEntry & accord.v1.AuditEntry.$Shape;

            /**
             * Creates an AuditEntry message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AuditEntry
             */
            static fromObject(object: { [k: string]: any }): accord.v1.AuditEntry;

            /**
             * Creates a plain object from an AuditEntry message. Also converts values to other types if specified.
             * @param message AuditEntry
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: accord.v1.AuditEntry, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AuditEntry to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for AuditEntry
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AuditEntry {

            /** Properties of an AuditEntry. */
            interface $Properties {

                /** AuditEntry actor */
                actor?: (string|null);

                /** AuditEntry action */
                action?: (string|null);

                /** AuditEntry object */
                object?: (string|null);

                /** AuditEntry change */
                change?: (string|null);

                /** AuditEntry reason */
                reason?: (string|null);

                /** AuditEntry source */
                source?: (string|null);

                /** AuditEntry result */
                result?: (string|null);

                /** AuditEntry detail */
                detail?: (string|null);

                /** AuditEntry atMs */
                atMs?: (number|null);

                /** AuditEntry count */
                count?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AuditEntry. */
            type $Shape = accord.v1.AuditEntry.$Properties;
        }
    }
}
