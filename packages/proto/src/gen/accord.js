/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $Boolean = $util.global.Boolean, $String = $util.global.String, $Array = $util.global.Array, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $isFinite = $util.global.isFinite;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const accord = $root.accord = (() => {

    /**
     * Namespace accord.
     * @exports accord
     * @namespace
     */
    const accord = {};

    accord.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof accord
         * @namespace
         */
        const v1 = {};

        v1.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} accord.v1.Envelope.$Properties
             * @property {Uint8Array|null} [statement] Envelope statement
             * @property {Uint8Array|null} [signature] Envelope signature
             * @property {Uint8Array|null} [keyId] Envelope keyId
             * @property {Uint8Array|null} [body] Envelope body
             * @property {boolean|null} [zstd] Envelope zstd
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof accord.v1
             * @interface IEnvelope
             * @augments accord.v1.Envelope.$Properties
             * @deprecated Use accord.v1.Envelope.$Properties instead.
             */

            /**
             * Shape of an Envelope.
             * @typedef {accord.v1.Envelope.$Properties} accord.v1.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof accord.v1
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {accord.v1.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope statement.
             * @member {Uint8Array} statement
             * @memberof accord.v1.Envelope
             * @instance
             */
            Envelope.prototype.statement = $util.newBuffer([]);

            /**
             * Envelope signature.
             * @member {Uint8Array} signature
             * @memberof accord.v1.Envelope
             * @instance
             */
            Envelope.prototype.signature = $util.newBuffer([]);

            /**
             * Envelope keyId.
             * @member {Uint8Array} keyId
             * @memberof accord.v1.Envelope
             * @instance
             */
            Envelope.prototype.keyId = $util.newBuffer([]);

            /**
             * Envelope body.
             * @member {Uint8Array} body
             * @memberof accord.v1.Envelope
             * @instance
             */
            Envelope.prototype.body = $util.newBuffer([]);

            /**
             * Envelope zstd.
             * @member {boolean} zstd
             * @memberof accord.v1.Envelope
             * @instance
             */
            Envelope.prototype.zstd = false;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link accord.v1.Envelope.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Envelope
             * @static
             * @param {accord.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.statement != null && $Object.hasOwnProperty.call(message, "statement") && message.statement.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.statement);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId") && message.keyId.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.keyId);
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.body);
                if (message.zstd != null && $Object.hasOwnProperty.call(message, "zstd") && message.zstd !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.zstd);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Envelope & accord.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.statement = value;
                            else
                                delete message.statement;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.keyId = value;
                            else
                                delete message.keyId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.zstd = value;
                            else
                                delete message.zstd;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Envelope message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Envelope
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Envelope} Envelope
             */
            Envelope.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Envelope)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Envelope: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Envelope();
                if (object.statement != null)
                    if (object.statement.length)
                        if (typeof object.statement === "string")
                            $util.base64.decode(object.statement, message.statement = $util.newBuffer($util.base64.length(object.statement)), 0);
                        else if (object.statement.length >= 0)
                            message.statement = object.statement;
                if (object.signature != null)
                    if (object.signature.length)
                        if (typeof object.signature === "string")
                            $util.base64.decode(object.signature, message.signature = $util.newBuffer($util.base64.length(object.signature)), 0);
                        else if (object.signature.length >= 0)
                            message.signature = object.signature;
                if (object.keyId != null)
                    if (object.keyId.length)
                        if (typeof object.keyId === "string")
                            $util.base64.decode(object.keyId, message.keyId = $util.newBuffer($util.base64.length(object.keyId)), 0);
                        else if (object.keyId.length >= 0)
                            message.keyId = object.keyId;
                if (object.body != null)
                    if (object.body.length)
                        if (typeof object.body === "string")
                            $util.base64.decode(object.body, message.body = $util.newBuffer($util.base64.length(object.body)), 0);
                        else if (object.body.length >= 0)
                            message.body = object.body;
                if (object.zstd != null)
                    if (object.zstd)
                        message.zstd = $Boolean(object.zstd);
                return message;
            };

            /**
             * Creates a plain object from an Envelope message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Envelope
             * @static
             * @param {accord.v1.Envelope} message Envelope
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Envelope.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if (options.bytes === $String)
                        object.statement = "";
                    else {
                        object.statement = [];
                        if (options.bytes !== $Array)
                            object.statement = $util.newBuffer(object.statement);
                    }
                    if (options.bytes === $String)
                        object.signature = "";
                    else {
                        object.signature = [];
                        if (options.bytes !== $Array)
                            object.signature = $util.newBuffer(object.signature);
                    }
                    if (options.bytes === $String)
                        object.keyId = "";
                    else {
                        object.keyId = [];
                        if (options.bytes !== $Array)
                            object.keyId = $util.newBuffer(object.keyId);
                    }
                    if (options.bytes === $String)
                        object.body = "";
                    else {
                        object.body = [];
                        if (options.bytes !== $Array)
                            object.body = $util.newBuffer(object.body);
                    }
                    object.zstd = false;
                }
                if (message.statement != null && $Object.hasOwnProperty.call(message, "statement"))
                    object.statement = options.bytes === $String ? $util.base64.encode(message.statement, 0, message.statement.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.statement) : message.statement;
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    object.signature = options.bytes === $String ? $util.base64.encode(message.signature, 0, message.signature.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.signature) : message.signature;
                if (message.keyId != null && $Object.hasOwnProperty.call(message, "keyId"))
                    object.keyId = options.bytes === $String ? $util.base64.encode(message.keyId, 0, message.keyId.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.keyId) : message.keyId;
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    object.body = options.bytes === $String ? $util.base64.encode(message.body, 0, message.body.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.body) : message.body;
                if (message.zstd != null && $Object.hasOwnProperty.call(message, "zstd"))
                    object.zstd = message.zstd;
                return object;
            };

            /**
             * Converts this Envelope to JSON.
             * @function toJSON
             * @memberof accord.v1.Envelope
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Envelope.prototype.toJSON = function() {
                return Envelope.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Envelope
             * @function getTypeUrl
             * @memberof accord.v1.Envelope
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Envelope.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Envelope";
            };

            return Envelope;
        })();

        v1.Change = (function() {

            /**
             * Properties of a Change.
             * @typedef {Object} accord.v1.Change.$Properties
             * @property {string|null} [id] Change id
             * @property {string|null} [traceparent] Change traceparent
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Change.
             * @memberof accord.v1
             * @interface IChange
             * @augments accord.v1.Change.$Properties
             * @deprecated Use accord.v1.Change.$Properties instead.
             */

            /**
             * Shape of a Change.
             * @typedef {accord.v1.Change.$Properties} accord.v1.Change.$Shape
             */

            /**
             * Constructs a new Change.
             * @memberof accord.v1
             * @classdesc Represents a Change.
             * @constructor
             * @param {accord.v1.Change.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Change = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Change id.
             * @member {string} id
             * @memberof accord.v1.Change
             * @instance
             */
            Change.prototype.id = "";

            /**
             * Change traceparent.
             * @member {string} traceparent
             * @memberof accord.v1.Change
             * @instance
             */
            Change.prototype.traceparent = "";

            /**
             * Encodes the specified Change message. Does not implicitly {@link accord.v1.Change.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Change
             * @static
             * @param {accord.v1.Change.$Properties} message Change message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Change.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.traceparent != null && $Object.hasOwnProperty.call(message, "traceparent") && message.traceparent !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.traceparent);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Change
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Change & accord.v1.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Change.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Change();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.traceparent = value;
                            else
                                delete message.traceparent;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Change message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Change
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Change} Change
             */
            Change.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Change)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Change: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Change();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.traceparent != null)
                    if (typeof object.traceparent !== "string" || object.traceparent.length)
                        message.traceparent = $String(object.traceparent);
                return message;
            };

            /**
             * Creates a plain object from a Change message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Change
             * @static
             * @param {accord.v1.Change} message Change
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Change.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.traceparent = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.traceparent != null && $Object.hasOwnProperty.call(message, "traceparent"))
                    object.traceparent = message.traceparent;
                return object;
            };

            /**
             * Converts this Change to JSON.
             * @function toJSON
             * @memberof accord.v1.Change
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Change.prototype.toJSON = function() {
                return Change.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Change
             * @function getTypeUrl
             * @memberof accord.v1.Change
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Change.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Change";
            };

            return Change;
        })();

        v1.Statement = (function() {

            /**
             * Properties of a Statement.
             * @typedef {Object} accord.v1.Statement.$Properties
             * @property {string|null} [subject] Statement subject
             * @property {number|null} [epoch] Statement epoch
             * @property {number|null} [revision] Statement revision
             * @property {number|null} [step] Statement step
             * @property {number|null} [version] Statement version
             * @property {Uint8Array|null} [indexDigest] Statement indexDigest
             * @property {Uint8Array|null} [bodyDigest] Statement bodyDigest
             * @property {Uint8Array|null} [specDigest] Statement specDigest
             * @property {number|null} [issuedAtMs] Statement issuedAtMs
             * @property {number|null} [createdAtMs] Statement createdAtMs
             * @property {accord.v1.Change.$Properties|null} [change] Statement change
             * @property {Array.<string>|null} [requires] Statement requires
             * @property {boolean|null} [deleted] Statement deleted
             * @property {number|null} [removalsMax] Statement removalsMax
             * @property {Array.<string>|null} [movedTo] Statement movedTo
             * @property {number|null} [acceptedAtMs] Statement acceptedAtMs
             * @property {number|null} [removalsConfirmed] Statement removalsConfirmed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Statement.
             * @memberof accord.v1
             * @interface IStatement
             * @augments accord.v1.Statement.$Properties
             * @deprecated Use accord.v1.Statement.$Properties instead.
             */

            /**
             * Shape of a Statement.
             * @typedef {accord.v1.Statement.$Properties} accord.v1.Statement.$Shape
             */

            /**
             * Constructs a new Statement.
             * @memberof accord.v1
             * @classdesc Represents a Statement.
             * @constructor
             * @param {accord.v1.Statement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Statement = function (properties) {
                this.requires = [];
                this.movedTo = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Statement subject.
             * @member {string} subject
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.subject = "";

            /**
             * Statement epoch.
             * @member {number} epoch
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement revision.
             * @member {number} revision
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement step.
             * @member {number} step
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.step = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement version.
             * @member {number} version
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement indexDigest.
             * @member {Uint8Array} indexDigest
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.indexDigest = $util.newBuffer([]);

            /**
             * Statement bodyDigest.
             * @member {Uint8Array} bodyDigest
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.bodyDigest = $util.newBuffer([]);

            /**
             * Statement specDigest.
             * @member {Uint8Array} specDigest
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.specDigest = $util.newBuffer([]);

            /**
             * Statement issuedAtMs.
             * @member {number} issuedAtMs
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.issuedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement createdAtMs.
             * @member {number} createdAtMs
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.createdAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement change.
             * @member {accord.v1.Change.$Properties|null|undefined} change
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.change = null;

            /**
             * Statement requires.
             * @member {Array.<string>} requires
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.requires = $util.emptyArray;

            /**
             * Statement deleted.
             * @member {boolean} deleted
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.deleted = false;

            /**
             * Statement removalsMax.
             * @member {number} removalsMax
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.removalsMax = 0;

            /**
             * Statement movedTo.
             * @member {Array.<string>} movedTo
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.movedTo = $util.emptyArray;

            /**
             * Statement acceptedAtMs.
             * @member {number} acceptedAtMs
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.acceptedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Statement removalsConfirmed.
             * @member {number} removalsConfirmed
             * @memberof accord.v1.Statement
             * @instance
             */
            Statement.prototype.removalsConfirmed = 0;

            /**
             * Encodes the specified Statement message. Does not implicitly {@link accord.v1.Statement.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Statement
             * @static
             * @param {accord.v1.Statement.$Properties} message Statement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Statement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.subject);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && (typeof message.step === "object" ? message.step.low || message.step.high : message.step !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.step);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.version);
                if (message.indexDigest != null && $Object.hasOwnProperty.call(message, "indexDigest") && message.indexDigest.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.indexDigest);
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest") && message.bodyDigest.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.bodyDigest);
                if (message.specDigest != null && $Object.hasOwnProperty.call(message, "specDigest") && message.specDigest.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.specDigest);
                if (message.issuedAtMs != null && $Object.hasOwnProperty.call(message, "issuedAtMs") && (typeof message.issuedAtMs === "object" ? message.issuedAtMs.low || message.issuedAtMs.high : message.issuedAtMs !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.issuedAtMs);
                if (message.createdAtMs != null && $Object.hasOwnProperty.call(message, "createdAtMs") && (typeof message.createdAtMs === "object" ? message.createdAtMs.low || message.createdAtMs.high : message.createdAtMs !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.createdAtMs);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    $root.accord.v1.Change.encode(message.change, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.requires != null && message.requires.length)
                    for (let i = 0; i < message.requires.length; ++i)
                        writer.uint32(/* id 12, wireType 2 =*/98).string(message.requires[i]);
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted") && message.deleted !== false)
                    writer.uint32(/* id 13, wireType 0 =*/104).bool(message.deleted);
                if (message.removalsMax != null && $Object.hasOwnProperty.call(message, "removalsMax") && message.removalsMax !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.removalsMax);
                if (message.movedTo != null && message.movedTo.length)
                    for (let i = 0; i < message.movedTo.length; ++i)
                        writer.uint32(/* id 15, wireType 2 =*/122).string(message.movedTo[i]);
                if (message.acceptedAtMs != null && $Object.hasOwnProperty.call(message, "acceptedAtMs") && (typeof message.acceptedAtMs === "object" ? message.acceptedAtMs.low || message.acceptedAtMs.high : message.acceptedAtMs !== 0))
                    writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.acceptedAtMs);
                if (message.removalsConfirmed != null && $Object.hasOwnProperty.call(message, "removalsConfirmed") && message.removalsConfirmed !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.removalsConfirmed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Statement message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Statement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Statement & accord.v1.Statement.$Shape} Statement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Statement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Statement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.indexDigest = value;
                            else
                                delete message.indexDigest;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bodyDigest = value;
                            else
                                delete message.bodyDigest;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.specDigest = value;
                            else
                                delete message.specDigest;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.issuedAtMs = value;
                            else
                                delete message.issuedAtMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAtMs = value;
                            else
                                delete message.createdAtMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.change = $root.accord.v1.Change.decode(reader, reader.size(), $undefined, _depth + 1, message.change);
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.requires && message.requires.length))
                                message.requires = [];
                            message.requires.push(reader.stringVerify());
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.deleted = value;
                            else
                                delete message.deleted;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.removalsMax = value;
                            else
                                delete message.removalsMax;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if (!(message.movedTo && message.movedTo.length))
                                message.movedTo = [];
                            message.movedTo.push(reader.stringVerify());
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.acceptedAtMs = value;
                            else
                                delete message.acceptedAtMs;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.removalsConfirmed = value;
                            else
                                delete message.removalsConfirmed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Statement message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Statement
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Statement} Statement
             */
            Statement.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Statement)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Statement: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Statement();
                if (object.subject != null)
                    if (typeof object.subject !== "string" || object.subject.length)
                        message.subject = $String(object.subject);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                if (object.step != null)
                    if (typeof object.step === "object" ? object.step.low || object.step.high : $Number(object.step) !== 0)
                        if ($util.Long)
                            message.step = $util.Long.fromValue(object.step, true);
                        else if (typeof object.step === "string")
                            message.step = $parseInt(object.step, 10);
                        else if (typeof object.step === "number")
                            message.step = object.step;
                        else if (typeof object.step === "object")
                            message.step = new $util.LongBits(object.step.low >>> 0, object.step.high >>> 0).toNumber(true);
                if (object.version != null)
                    if (typeof object.version === "object" ? object.version.low || object.version.high : $Number(object.version) !== 0)
                        if ($util.Long)
                            message.version = $util.Long.fromValue(object.version, true);
                        else if (typeof object.version === "string")
                            message.version = $parseInt(object.version, 10);
                        else if (typeof object.version === "number")
                            message.version = object.version;
                        else if (typeof object.version === "object")
                            message.version = new $util.LongBits(object.version.low >>> 0, object.version.high >>> 0).toNumber(true);
                if (object.indexDigest != null)
                    if (object.indexDigest.length)
                        if (typeof object.indexDigest === "string")
                            $util.base64.decode(object.indexDigest, message.indexDigest = $util.newBuffer($util.base64.length(object.indexDigest)), 0);
                        else if (object.indexDigest.length >= 0)
                            message.indexDigest = object.indexDigest;
                if (object.bodyDigest != null)
                    if (object.bodyDigest.length)
                        if (typeof object.bodyDigest === "string")
                            $util.base64.decode(object.bodyDigest, message.bodyDigest = $util.newBuffer($util.base64.length(object.bodyDigest)), 0);
                        else if (object.bodyDigest.length >= 0)
                            message.bodyDigest = object.bodyDigest;
                if (object.specDigest != null)
                    if (object.specDigest.length)
                        if (typeof object.specDigest === "string")
                            $util.base64.decode(object.specDigest, message.specDigest = $util.newBuffer($util.base64.length(object.specDigest)), 0);
                        else if (object.specDigest.length >= 0)
                            message.specDigest = object.specDigest;
                if (object.issuedAtMs != null)
                    if (typeof object.issuedAtMs === "object" ? object.issuedAtMs.low || object.issuedAtMs.high : $Number(object.issuedAtMs) !== 0)
                        if ($util.Long)
                            message.issuedAtMs = $util.Long.fromValue(object.issuedAtMs, true);
                        else if (typeof object.issuedAtMs === "string")
                            message.issuedAtMs = $parseInt(object.issuedAtMs, 10);
                        else if (typeof object.issuedAtMs === "number")
                            message.issuedAtMs = object.issuedAtMs;
                        else if (typeof object.issuedAtMs === "object")
                            message.issuedAtMs = new $util.LongBits(object.issuedAtMs.low >>> 0, object.issuedAtMs.high >>> 0).toNumber(true);
                if (object.createdAtMs != null)
                    if (typeof object.createdAtMs === "object" ? object.createdAtMs.low || object.createdAtMs.high : $Number(object.createdAtMs) !== 0)
                        if ($util.Long)
                            message.createdAtMs = $util.Long.fromValue(object.createdAtMs, true);
                        else if (typeof object.createdAtMs === "string")
                            message.createdAtMs = $parseInt(object.createdAtMs, 10);
                        else if (typeof object.createdAtMs === "number")
                            message.createdAtMs = object.createdAtMs;
                        else if (typeof object.createdAtMs === "object")
                            message.createdAtMs = new $util.LongBits(object.createdAtMs.low >>> 0, object.createdAtMs.high >>> 0).toNumber(true);
                if (object.change != null) {
                    if (!$util.isObject(object.change))
                        throw $TypeError(".accord.v1.Statement.change: object expected");
                    message.change = $root.accord.v1.Change.fromObject(object.change, _depth + 1);
                }
                if (object.requires) {
                    if (!$Array.isArray(object.requires))
                        throw $TypeError(".accord.v1.Statement.requires: array expected");
                    message.requires = $Array(object.requires.length);
                    for (let i = 0; i < object.requires.length; ++i)
                        message.requires[i] = $String(object.requires[i]);
                }
                if (object.deleted != null)
                    if (object.deleted)
                        message.deleted = $Boolean(object.deleted);
                if (object.removalsMax != null)
                    if ($Number(object.removalsMax) !== 0)
                        message.removalsMax = object.removalsMax >>> 0;
                if (object.movedTo) {
                    if (!$Array.isArray(object.movedTo))
                        throw $TypeError(".accord.v1.Statement.movedTo: array expected");
                    message.movedTo = $Array(object.movedTo.length);
                    for (let i = 0; i < object.movedTo.length; ++i)
                        message.movedTo[i] = $String(object.movedTo[i]);
                }
                if (object.acceptedAtMs != null)
                    if (typeof object.acceptedAtMs === "object" ? object.acceptedAtMs.low || object.acceptedAtMs.high : $Number(object.acceptedAtMs) !== 0)
                        if ($util.Long)
                            message.acceptedAtMs = $util.Long.fromValue(object.acceptedAtMs, true);
                        else if (typeof object.acceptedAtMs === "string")
                            message.acceptedAtMs = $parseInt(object.acceptedAtMs, 10);
                        else if (typeof object.acceptedAtMs === "number")
                            message.acceptedAtMs = object.acceptedAtMs;
                        else if (typeof object.acceptedAtMs === "object")
                            message.acceptedAtMs = new $util.LongBits(object.acceptedAtMs.low >>> 0, object.acceptedAtMs.high >>> 0).toNumber(true);
                if (object.removalsConfirmed != null)
                    if ($Number(object.removalsConfirmed) !== 0)
                        message.removalsConfirmed = object.removalsConfirmed >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Statement message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Statement
             * @static
             * @param {accord.v1.Statement} message Statement
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Statement.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.requires = [];
                    object.movedTo = [];
                }
                if (options.defaults) {
                    object.subject = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.step = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.step = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.version = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.version = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.indexDigest = "";
                    else {
                        object.indexDigest = [];
                        if (options.bytes !== $Array)
                            object.indexDigest = $util.newBuffer(object.indexDigest);
                    }
                    if (options.bytes === $String)
                        object.bodyDigest = "";
                    else {
                        object.bodyDigest = [];
                        if (options.bytes !== $Array)
                            object.bodyDigest = $util.newBuffer(object.bodyDigest);
                    }
                    if (options.bytes === $String)
                        object.specDigest = "";
                    else {
                        object.specDigest = [];
                        if (options.bytes !== $Array)
                            object.specDigest = $util.newBuffer(object.specDigest);
                    }
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.issuedAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.issuedAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.createdAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.createdAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.change = null;
                    object.deleted = false;
                    object.removalsMax = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.acceptedAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.acceptedAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.removalsConfirmed = 0;
                }
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                    object.subject = message.subject;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.step = typeof message.step === "number" ? $BigInt(message.step) : $util.Long.fromBits(message.step.low >>> 0, message.step.high >>> 0, true).toBigInt();
                    else if (typeof message.step === "number")
                        object.step = options.longs === $String ? $String(message.step) : message.step;
                    else
                        object.step = options.longs === $String ? $util.Long.prototype.toString.call(message.step) : options.longs === $Number ? new $util.LongBits(message.step.low >>> 0, message.step.high >>> 0).toNumber(true) : message.step;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.version = typeof message.version === "number" ? $BigInt(message.version) : $util.Long.fromBits(message.version.low >>> 0, message.version.high >>> 0, true).toBigInt();
                    else if (typeof message.version === "number")
                        object.version = options.longs === $String ? $String(message.version) : message.version;
                    else
                        object.version = options.longs === $String ? $util.Long.prototype.toString.call(message.version) : options.longs === $Number ? new $util.LongBits(message.version.low >>> 0, message.version.high >>> 0).toNumber(true) : message.version;
                if (message.indexDigest != null && $Object.hasOwnProperty.call(message, "indexDigest"))
                    object.indexDigest = options.bytes === $String ? $util.base64.encode(message.indexDigest, 0, message.indexDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.indexDigest) : message.indexDigest;
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest"))
                    object.bodyDigest = options.bytes === $String ? $util.base64.encode(message.bodyDigest, 0, message.bodyDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.bodyDigest) : message.bodyDigest;
                if (message.specDigest != null && $Object.hasOwnProperty.call(message, "specDigest"))
                    object.specDigest = options.bytes === $String ? $util.base64.encode(message.specDigest, 0, message.specDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.specDigest) : message.specDigest;
                if (message.issuedAtMs != null && $Object.hasOwnProperty.call(message, "issuedAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.issuedAtMs = typeof message.issuedAtMs === "number" ? $BigInt(message.issuedAtMs) : $util.Long.fromBits(message.issuedAtMs.low >>> 0, message.issuedAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.issuedAtMs === "number")
                        object.issuedAtMs = options.longs === $String ? $String(message.issuedAtMs) : message.issuedAtMs;
                    else
                        object.issuedAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.issuedAtMs) : options.longs === $Number ? new $util.LongBits(message.issuedAtMs.low >>> 0, message.issuedAtMs.high >>> 0).toNumber(true) : message.issuedAtMs;
                if (message.createdAtMs != null && $Object.hasOwnProperty.call(message, "createdAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.createdAtMs = typeof message.createdAtMs === "number" ? $BigInt(message.createdAtMs) : $util.Long.fromBits(message.createdAtMs.low >>> 0, message.createdAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.createdAtMs === "number")
                        object.createdAtMs = options.longs === $String ? $String(message.createdAtMs) : message.createdAtMs;
                    else
                        object.createdAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.createdAtMs) : options.longs === $Number ? new $util.LongBits(message.createdAtMs.low >>> 0, message.createdAtMs.high >>> 0).toNumber(true) : message.createdAtMs;
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = $root.accord.v1.Change.toObject(message.change, options, _depth + 1);
                if (message.requires && message.requires.length) {
                    object.requires = $Array(message.requires.length);
                    for (let j = 0; j < message.requires.length; ++j)
                        object.requires[j] = message.requires[j];
                }
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted"))
                    object.deleted = message.deleted;
                if (message.removalsMax != null && $Object.hasOwnProperty.call(message, "removalsMax"))
                    object.removalsMax = message.removalsMax;
                if (message.movedTo && message.movedTo.length) {
                    object.movedTo = $Array(message.movedTo.length);
                    for (let j = 0; j < message.movedTo.length; ++j)
                        object.movedTo[j] = message.movedTo[j];
                }
                if (message.acceptedAtMs != null && $Object.hasOwnProperty.call(message, "acceptedAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.acceptedAtMs = typeof message.acceptedAtMs === "number" ? $BigInt(message.acceptedAtMs) : $util.Long.fromBits(message.acceptedAtMs.low >>> 0, message.acceptedAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.acceptedAtMs === "number")
                        object.acceptedAtMs = options.longs === $String ? $String(message.acceptedAtMs) : message.acceptedAtMs;
                    else
                        object.acceptedAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.acceptedAtMs) : options.longs === $Number ? new $util.LongBits(message.acceptedAtMs.low >>> 0, message.acceptedAtMs.high >>> 0).toNumber(true) : message.acceptedAtMs;
                if (message.removalsConfirmed != null && $Object.hasOwnProperty.call(message, "removalsConfirmed"))
                    object.removalsConfirmed = message.removalsConfirmed;
                return object;
            };

            /**
             * Converts this Statement to JSON.
             * @function toJSON
             * @memberof accord.v1.Statement
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Statement.prototype.toJSON = function() {
                return Statement.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Statement
             * @function getTypeUrl
             * @memberof accord.v1.Statement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Statement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Statement";
            };

            return Statement;
        })();

        v1.Index = (function() {

            /**
             * Properties of an Index.
             * @typedef {Object} accord.v1.Index.$Properties
             * @property {string|null} [anchor] Index anchor
             * @property {number|null} [epoch] Index epoch
             * @property {number|null} [version] Index version
             * @property {Array.<accord.v1.IndexEntry.$Properties>|null} [entries] Index entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Index.
             * @memberof accord.v1
             * @interface IIndex
             * @augments accord.v1.Index.$Properties
             * @deprecated Use accord.v1.Index.$Properties instead.
             */

            /**
             * Shape of an Index.
             * @typedef {accord.v1.Index.$Properties} accord.v1.Index.$Shape
             */

            /**
             * Constructs a new Index.
             * @memberof accord.v1
             * @classdesc Represents an Index.
             * @constructor
             * @param {accord.v1.Index.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Index = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Index anchor.
             * @member {string} anchor
             * @memberof accord.v1.Index
             * @instance
             */
            Index.prototype.anchor = "";

            /**
             * Index epoch.
             * @member {number} epoch
             * @memberof accord.v1.Index
             * @instance
             */
            Index.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Index version.
             * @member {number} version
             * @memberof accord.v1.Index
             * @instance
             */
            Index.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Index entries.
             * @member {Array.<accord.v1.IndexEntry.$Properties>} entries
             * @memberof accord.v1.Index
             * @instance
             */
            Index.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified Index message. Does not implicitly {@link accord.v1.Index.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Index
             * @static
             * @param {accord.v1.Index.$Properties} message Index message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Index.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor") && message.anchor !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.anchor);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.version);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.accord.v1.IndexEntry.encode(message.entries[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Index message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Index
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Index & accord.v1.Index.$Shape} Index
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Index.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Index();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.anchor = value;
                            else
                                delete message.anchor;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.accord.v1.IndexEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Index message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Index
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Index} Index
             */
            Index.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Index)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Index: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Index();
                if (object.anchor != null)
                    if (typeof object.anchor !== "string" || object.anchor.length)
                        message.anchor = $String(object.anchor);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.version != null)
                    if (typeof object.version === "object" ? object.version.low || object.version.high : $Number(object.version) !== 0)
                        if ($util.Long)
                            message.version = $util.Long.fromValue(object.version, true);
                        else if (typeof object.version === "string")
                            message.version = $parseInt(object.version, 10);
                        else if (typeof object.version === "number")
                            message.version = object.version;
                        else if (typeof object.version === "object")
                            message.version = new $util.LongBits(object.version.low >>> 0, object.version.high >>> 0).toNumber(true);
                if (object.entries) {
                    if (!$Array.isArray(object.entries))
                        throw $TypeError(".accord.v1.Index.entries: array expected");
                    message.entries = $Array(object.entries.length);
                    for (let i = 0; i < object.entries.length; ++i) {
                        if (!$util.isObject(object.entries[i]))
                            throw $TypeError(".accord.v1.Index.entries: object expected");
                        message.entries[i] = $root.accord.v1.IndexEntry.fromObject(object.entries[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from an Index message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Index
             * @static
             * @param {accord.v1.Index} message Index
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Index.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.entries = [];
                if (options.defaults) {
                    object.anchor = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.version = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.version = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor"))
                    object.anchor = message.anchor;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.version = typeof message.version === "number" ? $BigInt(message.version) : $util.Long.fromBits(message.version.low >>> 0, message.version.high >>> 0, true).toBigInt();
                    else if (typeof message.version === "number")
                        object.version = options.longs === $String ? $String(message.version) : message.version;
                    else
                        object.version = options.longs === $String ? $util.Long.prototype.toString.call(message.version) : options.longs === $Number ? new $util.LongBits(message.version.low >>> 0, message.version.high >>> 0).toNumber(true) : message.version;
                if (message.entries && message.entries.length) {
                    object.entries = $Array(message.entries.length);
                    for (let j = 0; j < message.entries.length; ++j)
                        object.entries[j] = $root.accord.v1.IndexEntry.toObject(message.entries[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Index to JSON.
             * @function toJSON
             * @memberof accord.v1.Index
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Index.prototype.toJSON = function() {
                return Index.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Index
             * @function getTypeUrl
             * @memberof accord.v1.Index
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Index.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Index";
            };

            return Index;
        })();

        v1.IndexEntry = (function() {

            /**
             * Properties of an IndexEntry.
             * @typedef {Object} accord.v1.IndexEntry.$Properties
             * @property {string|null} [doc] IndexEntry doc
             * @property {number|null} [epoch] IndexEntry epoch
             * @property {number|null} [revision] IndexEntry revision
             * @property {number|null} [step] IndexEntry step
             * @property {Uint8Array|null} [digest] IndexEntry digest
             * @property {boolean|null} [deleted] IndexEntry deleted
             * @property {number|null} [deletedAtMs] IndexEntry deletedAtMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IndexEntry.
             * @memberof accord.v1
             * @interface IIndexEntry
             * @augments accord.v1.IndexEntry.$Properties
             * @deprecated Use accord.v1.IndexEntry.$Properties instead.
             */

            /**
             * Shape of an IndexEntry.
             * @typedef {accord.v1.IndexEntry.$Properties} accord.v1.IndexEntry.$Shape
             */

            /**
             * Constructs a new IndexEntry.
             * @memberof accord.v1
             * @classdesc Represents an IndexEntry.
             * @constructor
             * @param {accord.v1.IndexEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IndexEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IndexEntry doc.
             * @member {string} doc
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.doc = "";

            /**
             * IndexEntry epoch.
             * @member {number} epoch
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * IndexEntry revision.
             * @member {number} revision
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * IndexEntry step.
             * @member {number} step
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.step = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * IndexEntry digest.
             * @member {Uint8Array} digest
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.digest = $util.newBuffer([]);

            /**
             * IndexEntry deleted.
             * @member {boolean} deleted
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.deleted = false;

            /**
             * IndexEntry deletedAtMs.
             * @member {number} deletedAtMs
             * @memberof accord.v1.IndexEntry
             * @instance
             */
            IndexEntry.prototype.deletedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified IndexEntry message. Does not implicitly {@link accord.v1.IndexEntry.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.IndexEntry
             * @static
             * @param {accord.v1.IndexEntry.$Properties} message IndexEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IndexEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.doc != null && $Object.hasOwnProperty.call(message, "doc") && message.doc !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.doc);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && (typeof message.step === "object" ? message.step.low || message.step.high : message.step !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.step);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.digest);
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted") && message.deleted !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.deleted);
                if (message.deletedAtMs != null && $Object.hasOwnProperty.call(message, "deletedAtMs") && (typeof message.deletedAtMs === "object" ? message.deletedAtMs.low || message.deletedAtMs.high : message.deletedAtMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.deletedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an IndexEntry message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.IndexEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.IndexEntry & accord.v1.IndexEntry.$Shape} IndexEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IndexEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.IndexEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.doc = value;
                            else
                                delete message.doc;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.deleted = value;
                            else
                                delete message.deleted;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.deletedAtMs = value;
                            else
                                delete message.deletedAtMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an IndexEntry message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.IndexEntry
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.IndexEntry} IndexEntry
             */
            IndexEntry.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.IndexEntry)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.IndexEntry: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.IndexEntry();
                if (object.doc != null)
                    if (typeof object.doc !== "string" || object.doc.length)
                        message.doc = $String(object.doc);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                if (object.step != null)
                    if (typeof object.step === "object" ? object.step.low || object.step.high : $Number(object.step) !== 0)
                        if ($util.Long)
                            message.step = $util.Long.fromValue(object.step, true);
                        else if (typeof object.step === "string")
                            message.step = $parseInt(object.step, 10);
                        else if (typeof object.step === "number")
                            message.step = object.step;
                        else if (typeof object.step === "object")
                            message.step = new $util.LongBits(object.step.low >>> 0, object.step.high >>> 0).toNumber(true);
                if (object.digest != null)
                    if (object.digest.length)
                        if (typeof object.digest === "string")
                            $util.base64.decode(object.digest, message.digest = $util.newBuffer($util.base64.length(object.digest)), 0);
                        else if (object.digest.length >= 0)
                            message.digest = object.digest;
                if (object.deleted != null)
                    if (object.deleted)
                        message.deleted = $Boolean(object.deleted);
                if (object.deletedAtMs != null)
                    if (typeof object.deletedAtMs === "object" ? object.deletedAtMs.low || object.deletedAtMs.high : $Number(object.deletedAtMs) !== 0)
                        if ($util.Long)
                            message.deletedAtMs = $util.Long.fromValue(object.deletedAtMs, true);
                        else if (typeof object.deletedAtMs === "string")
                            message.deletedAtMs = $parseInt(object.deletedAtMs, 10);
                        else if (typeof object.deletedAtMs === "number")
                            message.deletedAtMs = object.deletedAtMs;
                        else if (typeof object.deletedAtMs === "object")
                            message.deletedAtMs = new $util.LongBits(object.deletedAtMs.low >>> 0, object.deletedAtMs.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from an IndexEntry message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.IndexEntry
             * @static
             * @param {accord.v1.IndexEntry} message IndexEntry
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            IndexEntry.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.doc = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.step = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.step = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.digest = "";
                    else {
                        object.digest = [];
                        if (options.bytes !== $Array)
                            object.digest = $util.newBuffer(object.digest);
                    }
                    object.deleted = false;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.deletedAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.deletedAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.doc != null && $Object.hasOwnProperty.call(message, "doc"))
                    object.doc = message.doc;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.step = typeof message.step === "number" ? $BigInt(message.step) : $util.Long.fromBits(message.step.low >>> 0, message.step.high >>> 0, true).toBigInt();
                    else if (typeof message.step === "number")
                        object.step = options.longs === $String ? $String(message.step) : message.step;
                    else
                        object.step = options.longs === $String ? $util.Long.prototype.toString.call(message.step) : options.longs === $Number ? new $util.LongBits(message.step.low >>> 0, message.step.high >>> 0).toNumber(true) : message.step;
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                    object.digest = options.bytes === $String ? $util.base64.encode(message.digest, 0, message.digest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.digest) : message.digest;
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted"))
                    object.deleted = message.deleted;
                if (message.deletedAtMs != null && $Object.hasOwnProperty.call(message, "deletedAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.deletedAtMs = typeof message.deletedAtMs === "number" ? $BigInt(message.deletedAtMs) : $util.Long.fromBits(message.deletedAtMs.low >>> 0, message.deletedAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.deletedAtMs === "number")
                        object.deletedAtMs = options.longs === $String ? $String(message.deletedAtMs) : message.deletedAtMs;
                    else
                        object.deletedAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.deletedAtMs) : options.longs === $Number ? new $util.LongBits(message.deletedAtMs.low >>> 0, message.deletedAtMs.high >>> 0).toNumber(true) : message.deletedAtMs;
                return object;
            };

            /**
             * Converts this IndexEntry to JSON.
             * @function toJSON
             * @memberof accord.v1.IndexEntry
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            IndexEntry.prototype.toJSON = function() {
                return IndexEntry.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for IndexEntry
             * @function getTypeUrl
             * @memberof accord.v1.IndexEntry
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IndexEntry.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.IndexEntry";
            };

            return IndexEntry;
        })();

        v1.FactStatement = (function() {

            /**
             * Properties of a FactStatement.
             * @typedef {Object} accord.v1.FactStatement.$Properties
             * @property {string|null} [subject] FactStatement subject
             * @property {Uint8Array|null} [bodyDigest] FactStatement bodyDigest
             * @property {Uint8Array|null} [previousDigest] FactStatement previousDigest
             * @property {number|null} [atMs] FactStatement atMs
             * @property {string|null} [actor] FactStatement actor
             * @property {string|null} [reason] FactStatement reason
             * @property {string|null} [source] FactStatement source
             * @property {accord.v1.Change.$Properties|null} [change] FactStatement change
             * @property {string|null} [type] FactStatement type
             * @property {string|null} [requestId] FactStatement requestId
             * @property {Uint8Array|null} [requestDigest] FactStatement requestDigest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FactStatement.
             * @memberof accord.v1
             * @interface IFactStatement
             * @augments accord.v1.FactStatement.$Properties
             * @deprecated Use accord.v1.FactStatement.$Properties instead.
             */

            /**
             * Shape of a FactStatement.
             * @typedef {accord.v1.FactStatement.$Properties} accord.v1.FactStatement.$Shape
             */

            /**
             * Constructs a new FactStatement.
             * @memberof accord.v1
             * @classdesc Represents a FactStatement.
             * @constructor
             * @param {accord.v1.FactStatement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FactStatement = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FactStatement subject.
             * @member {string} subject
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.subject = "";

            /**
             * FactStatement bodyDigest.
             * @member {Uint8Array} bodyDigest
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.bodyDigest = $util.newBuffer([]);

            /**
             * FactStatement previousDigest.
             * @member {Uint8Array} previousDigest
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.previousDigest = $util.newBuffer([]);

            /**
             * FactStatement atMs.
             * @member {number} atMs
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.atMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FactStatement actor.
             * @member {string} actor
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.actor = "";

            /**
             * FactStatement reason.
             * @member {string} reason
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.reason = "";

            /**
             * FactStatement source.
             * @member {string} source
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.source = "";

            /**
             * FactStatement change.
             * @member {accord.v1.Change.$Properties|null|undefined} change
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.change = null;

            /**
             * FactStatement type.
             * @member {string} type
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.type = "";

            /**
             * FactStatement requestId.
             * @member {string} requestId
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.requestId = "";

            /**
             * FactStatement requestDigest.
             * @member {Uint8Array} requestDigest
             * @memberof accord.v1.FactStatement
             * @instance
             */
            FactStatement.prototype.requestDigest = $util.newBuffer([]);

            /**
             * Encodes the specified FactStatement message. Does not implicitly {@link accord.v1.FactStatement.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.FactStatement
             * @static
             * @param {accord.v1.FactStatement.$Properties} message FactStatement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FactStatement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.subject);
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest") && message.bodyDigest.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.bodyDigest);
                if (message.previousDigest != null && $Object.hasOwnProperty.call(message, "previousDigest") && message.previousDigest.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.previousDigest);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && (typeof message.atMs === "object" ? message.atMs.low || message.atMs.high : message.atMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.atMs);
                if (message.actor != null && $Object.hasOwnProperty.call(message, "actor") && message.actor !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.actor);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.reason);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.source);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    $root.accord.v1.Change.encode(message.change, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.type);
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && message.requestId !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.requestId);
                if (message.requestDigest != null && $Object.hasOwnProperty.call(message, "requestDigest") && message.requestDigest.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.requestDigest);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FactStatement message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.FactStatement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.FactStatement & accord.v1.FactStatement.$Shape} FactStatement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FactStatement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.FactStatement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bodyDigest = value;
                            else
                                delete message.bodyDigest;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.previousDigest = value;
                            else
                                delete message.previousDigest;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.actor = value;
                            else
                                delete message.actor;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.change = $root.accord.v1.Change.decode(reader, reader.size(), $undefined, _depth + 1, message.change);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.requestDigest = value;
                            else
                                delete message.requestDigest;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a FactStatement message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.FactStatement
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.FactStatement} FactStatement
             */
            FactStatement.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.FactStatement)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.FactStatement: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.FactStatement();
                if (object.subject != null)
                    if (typeof object.subject !== "string" || object.subject.length)
                        message.subject = $String(object.subject);
                if (object.bodyDigest != null)
                    if (object.bodyDigest.length)
                        if (typeof object.bodyDigest === "string")
                            $util.base64.decode(object.bodyDigest, message.bodyDigest = $util.newBuffer($util.base64.length(object.bodyDigest)), 0);
                        else if (object.bodyDigest.length >= 0)
                            message.bodyDigest = object.bodyDigest;
                if (object.previousDigest != null)
                    if (object.previousDigest.length)
                        if (typeof object.previousDigest === "string")
                            $util.base64.decode(object.previousDigest, message.previousDigest = $util.newBuffer($util.base64.length(object.previousDigest)), 0);
                        else if (object.previousDigest.length >= 0)
                            message.previousDigest = object.previousDigest;
                if (object.atMs != null)
                    if (typeof object.atMs === "object" ? object.atMs.low || object.atMs.high : $Number(object.atMs) !== 0)
                        if ($util.Long)
                            message.atMs = $util.Long.fromValue(object.atMs, true);
                        else if (typeof object.atMs === "string")
                            message.atMs = $parseInt(object.atMs, 10);
                        else if (typeof object.atMs === "number")
                            message.atMs = object.atMs;
                        else if (typeof object.atMs === "object")
                            message.atMs = new $util.LongBits(object.atMs.low >>> 0, object.atMs.high >>> 0).toNumber(true);
                if (object.actor != null)
                    if (typeof object.actor !== "string" || object.actor.length)
                        message.actor = $String(object.actor);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.source != null)
                    if (typeof object.source !== "string" || object.source.length)
                        message.source = $String(object.source);
                if (object.change != null) {
                    if (!$util.isObject(object.change))
                        throw $TypeError(".accord.v1.FactStatement.change: object expected");
                    message.change = $root.accord.v1.Change.fromObject(object.change, _depth + 1);
                }
                if (object.type != null)
                    if (typeof object.type !== "string" || object.type.length)
                        message.type = $String(object.type);
                if (object.requestId != null)
                    if (typeof object.requestId !== "string" || object.requestId.length)
                        message.requestId = $String(object.requestId);
                if (object.requestDigest != null)
                    if (object.requestDigest.length)
                        if (typeof object.requestDigest === "string")
                            $util.base64.decode(object.requestDigest, message.requestDigest = $util.newBuffer($util.base64.length(object.requestDigest)), 0);
                        else if (object.requestDigest.length >= 0)
                            message.requestDigest = object.requestDigest;
                return message;
            };

            /**
             * Creates a plain object from a FactStatement message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.FactStatement
             * @static
             * @param {accord.v1.FactStatement} message FactStatement
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            FactStatement.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.subject = "";
                    if (options.bytes === $String)
                        object.bodyDigest = "";
                    else {
                        object.bodyDigest = [];
                        if (options.bytes !== $Array)
                            object.bodyDigest = $util.newBuffer(object.bodyDigest);
                    }
                    if (options.bytes === $String)
                        object.previousDigest = "";
                    else {
                        object.previousDigest = [];
                        if (options.bytes !== $Array)
                            object.previousDigest = $util.newBuffer(object.previousDigest);
                    }
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.atMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.atMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.actor = "";
                    object.reason = "";
                    object.source = "";
                    object.change = null;
                    object.type = "";
                    object.requestId = "";
                    if (options.bytes === $String)
                        object.requestDigest = "";
                    else {
                        object.requestDigest = [];
                        if (options.bytes !== $Array)
                            object.requestDigest = $util.newBuffer(object.requestDigest);
                    }
                }
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                    object.subject = message.subject;
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest"))
                    object.bodyDigest = options.bytes === $String ? $util.base64.encode(message.bodyDigest, 0, message.bodyDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.bodyDigest) : message.bodyDigest;
                if (message.previousDigest != null && $Object.hasOwnProperty.call(message, "previousDigest"))
                    object.previousDigest = options.bytes === $String ? $util.base64.encode(message.previousDigest, 0, message.previousDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.previousDigest) : message.previousDigest;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.atMs = typeof message.atMs === "number" ? $BigInt(message.atMs) : $util.Long.fromBits(message.atMs.low >>> 0, message.atMs.high >>> 0, true).toBigInt();
                    else if (typeof message.atMs === "number")
                        object.atMs = options.longs === $String ? $String(message.atMs) : message.atMs;
                    else
                        object.atMs = options.longs === $String ? $util.Long.prototype.toString.call(message.atMs) : options.longs === $Number ? new $util.LongBits(message.atMs.low >>> 0, message.atMs.high >>> 0).toNumber(true) : message.atMs;
                if (message.actor != null && $Object.hasOwnProperty.call(message, "actor"))
                    object.actor = message.actor;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                    object.source = message.source;
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = $root.accord.v1.Change.toObject(message.change, options, _depth + 1);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    object.type = message.type;
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId"))
                    object.requestId = message.requestId;
                if (message.requestDigest != null && $Object.hasOwnProperty.call(message, "requestDigest"))
                    object.requestDigest = options.bytes === $String ? $util.base64.encode(message.requestDigest, 0, message.requestDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.requestDigest) : message.requestDigest;
                return object;
            };

            /**
             * Converts this FactStatement to JSON.
             * @function toJSON
             * @memberof accord.v1.FactStatement
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            FactStatement.prototype.toJSON = function() {
                return FactStatement.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for FactStatement
             * @function getTypeUrl
             * @memberof accord.v1.FactStatement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FactStatement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.FactStatement";
            };

            return FactStatement;
        })();

        v1.Tick = (function() {

            /**
             * Properties of a Tick.
             * @typedef {Object} accord.v1.Tick.$Properties
             * @property {number|null} [epoch] Tick epoch
             * @property {number|null} [fleetLastSeq] Tick fleetLastSeq
             * @property {number|null} [timeMs] Tick timeMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Tick.
             * @memberof accord.v1
             * @interface ITick
             * @augments accord.v1.Tick.$Properties
             * @deprecated Use accord.v1.Tick.$Properties instead.
             */

            /**
             * Shape of a Tick.
             * @typedef {accord.v1.Tick.$Properties} accord.v1.Tick.$Shape
             */

            /**
             * Constructs a new Tick.
             * @memberof accord.v1
             * @classdesc Represents a Tick.
             * @constructor
             * @param {accord.v1.Tick.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Tick = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Tick epoch.
             * @member {number} epoch
             * @memberof accord.v1.Tick
             * @instance
             */
            Tick.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Tick fleetLastSeq.
             * @member {number} fleetLastSeq
             * @memberof accord.v1.Tick
             * @instance
             */
            Tick.prototype.fleetLastSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Tick timeMs.
             * @member {number} timeMs
             * @memberof accord.v1.Tick
             * @instance
             */
            Tick.prototype.timeMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Tick message. Does not implicitly {@link accord.v1.Tick.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Tick
             * @static
             * @param {accord.v1.Tick.$Properties} message Tick message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Tick.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.epoch);
                if (message.fleetLastSeq != null && $Object.hasOwnProperty.call(message, "fleetLastSeq") && (typeof message.fleetLastSeq === "object" ? message.fleetLastSeq.low || message.fleetLastSeq.high : message.fleetLastSeq !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.fleetLastSeq);
                if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs") && (typeof message.timeMs === "object" ? message.timeMs.low || message.timeMs.high : message.timeMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.timeMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Tick message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Tick
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Tick & accord.v1.Tick.$Shape} Tick
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Tick.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Tick();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.fleetLastSeq = value;
                            else
                                delete message.fleetLastSeq;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.timeMs = value;
                            else
                                delete message.timeMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Tick message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Tick
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Tick} Tick
             */
            Tick.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Tick)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Tick: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Tick();
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.fleetLastSeq != null)
                    if (typeof object.fleetLastSeq === "object" ? object.fleetLastSeq.low || object.fleetLastSeq.high : $Number(object.fleetLastSeq) !== 0)
                        if ($util.Long)
                            message.fleetLastSeq = $util.Long.fromValue(object.fleetLastSeq, true);
                        else if (typeof object.fleetLastSeq === "string")
                            message.fleetLastSeq = $parseInt(object.fleetLastSeq, 10);
                        else if (typeof object.fleetLastSeq === "number")
                            message.fleetLastSeq = object.fleetLastSeq;
                        else if (typeof object.fleetLastSeq === "object")
                            message.fleetLastSeq = new $util.LongBits(object.fleetLastSeq.low >>> 0, object.fleetLastSeq.high >>> 0).toNumber(true);
                if (object.timeMs != null)
                    if (typeof object.timeMs === "object" ? object.timeMs.low || object.timeMs.high : $Number(object.timeMs) !== 0)
                        if ($util.Long)
                            message.timeMs = $util.Long.fromValue(object.timeMs, true);
                        else if (typeof object.timeMs === "string")
                            message.timeMs = $parseInt(object.timeMs, 10);
                        else if (typeof object.timeMs === "number")
                            message.timeMs = object.timeMs;
                        else if (typeof object.timeMs === "object")
                            message.timeMs = new $util.LongBits(object.timeMs.low >>> 0, object.timeMs.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a Tick message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Tick
             * @static
             * @param {accord.v1.Tick} message Tick
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Tick.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.fleetLastSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.fleetLastSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.timeMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.timeMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.fleetLastSeq != null && $Object.hasOwnProperty.call(message, "fleetLastSeq"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.fleetLastSeq = typeof message.fleetLastSeq === "number" ? $BigInt(message.fleetLastSeq) : $util.Long.fromBits(message.fleetLastSeq.low >>> 0, message.fleetLastSeq.high >>> 0, true).toBigInt();
                    else if (typeof message.fleetLastSeq === "number")
                        object.fleetLastSeq = options.longs === $String ? $String(message.fleetLastSeq) : message.fleetLastSeq;
                    else
                        object.fleetLastSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.fleetLastSeq) : options.longs === $Number ? new $util.LongBits(message.fleetLastSeq.low >>> 0, message.fleetLastSeq.high >>> 0).toNumber(true) : message.fleetLastSeq;
                if (message.timeMs != null && $Object.hasOwnProperty.call(message, "timeMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.timeMs = typeof message.timeMs === "number" ? $BigInt(message.timeMs) : $util.Long.fromBits(message.timeMs.low >>> 0, message.timeMs.high >>> 0, true).toBigInt();
                    else if (typeof message.timeMs === "number")
                        object.timeMs = options.longs === $String ? $String(message.timeMs) : message.timeMs;
                    else
                        object.timeMs = options.longs === $String ? $util.Long.prototype.toString.call(message.timeMs) : options.longs === $Number ? new $util.LongBits(message.timeMs.low >>> 0, message.timeMs.high >>> 0).toNumber(true) : message.timeMs;
                return object;
            };

            /**
             * Converts this Tick to JSON.
             * @function toJSON
             * @memberof accord.v1.Tick
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Tick.prototype.toJSON = function() {
                return Tick.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Tick
             * @function getTypeUrl
             * @memberof accord.v1.Tick
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Tick.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Tick";
            };

            return Tick;
        })();

        v1.Signed = (function() {

            /**
             * Properties of a Signed.
             * @typedef {Object} accord.v1.Signed.$Properties
             * @property {number|null} [boot] Signed boot
             * @property {number|null} [n] Signed n
             * @property {number|null} [tsMs] Signed tsMs
             * @property {Uint8Array|null} [body] Signed body
             * @property {Uint8Array|null} [signature] Signed signature
             * @property {boolean|null} [zstd] Signed zstd
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signed.
             * @memberof accord.v1
             * @interface ISigned
             * @augments accord.v1.Signed.$Properties
             * @deprecated Use accord.v1.Signed.$Properties instead.
             */

            /**
             * Shape of a Signed.
             * @typedef {accord.v1.Signed.$Properties} accord.v1.Signed.$Shape
             */

            /**
             * Constructs a new Signed.
             * @memberof accord.v1
             * @classdesc Represents a Signed.
             * @constructor
             * @param {accord.v1.Signed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signed boot.
             * @member {number} boot
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.boot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Signed n.
             * @member {number} n
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.n = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Signed tsMs.
             * @member {number} tsMs
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.tsMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Signed body.
             * @member {Uint8Array} body
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.body = $util.newBuffer([]);

            /**
             * Signed signature.
             * @member {Uint8Array} signature
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.signature = $util.newBuffer([]);

            /**
             * Signed zstd.
             * @member {boolean} zstd
             * @memberof accord.v1.Signed
             * @instance
             */
            Signed.prototype.zstd = false;

            /**
             * Encodes the specified Signed message. Does not implicitly {@link accord.v1.Signed.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Signed
             * @static
             * @param {accord.v1.Signed.$Properties} message Signed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Signed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && (typeof message.boot === "object" ? message.boot.low || message.boot.high : message.boot !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.boot);
                if (message.n != null && $Object.hasOwnProperty.call(message, "n") && (typeof message.n === "object" ? message.n.low || message.n.high : message.n !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.n);
                if (message.tsMs != null && $Object.hasOwnProperty.call(message, "tsMs") && (typeof message.tsMs === "object" ? message.tsMs.low || message.tsMs.high : message.tsMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.tsMs);
                if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.body);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signature);
                if (message.zstd != null && $Object.hasOwnProperty.call(message, "zstd") && message.zstd !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.zstd);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Signed message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Signed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Signed & accord.v1.Signed.$Shape} Signed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Signed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.n = value;
                            else
                                delete message.n;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.tsMs = value;
                            else
                                delete message.tsMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.body = value;
                            else
                                delete message.body;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.zstd = value;
                            else
                                delete message.zstd;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Signed message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Signed
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Signed} Signed
             */
            Signed.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Signed)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Signed: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Signed();
                if (object.boot != null)
                    if (typeof object.boot === "object" ? object.boot.low || object.boot.high : $Number(object.boot) !== 0)
                        if ($util.Long)
                            message.boot = $util.Long.fromValue(object.boot, true);
                        else if (typeof object.boot === "string")
                            message.boot = $parseInt(object.boot, 10);
                        else if (typeof object.boot === "number")
                            message.boot = object.boot;
                        else if (typeof object.boot === "object")
                            message.boot = new $util.LongBits(object.boot.low >>> 0, object.boot.high >>> 0).toNumber(true);
                if (object.n != null)
                    if (typeof object.n === "object" ? object.n.low || object.n.high : $Number(object.n) !== 0)
                        if ($util.Long)
                            message.n = $util.Long.fromValue(object.n, true);
                        else if (typeof object.n === "string")
                            message.n = $parseInt(object.n, 10);
                        else if (typeof object.n === "number")
                            message.n = object.n;
                        else if (typeof object.n === "object")
                            message.n = new $util.LongBits(object.n.low >>> 0, object.n.high >>> 0).toNumber(true);
                if (object.tsMs != null)
                    if (typeof object.tsMs === "object" ? object.tsMs.low || object.tsMs.high : $Number(object.tsMs) !== 0)
                        if ($util.Long)
                            message.tsMs = $util.Long.fromValue(object.tsMs, true);
                        else if (typeof object.tsMs === "string")
                            message.tsMs = $parseInt(object.tsMs, 10);
                        else if (typeof object.tsMs === "number")
                            message.tsMs = object.tsMs;
                        else if (typeof object.tsMs === "object")
                            message.tsMs = new $util.LongBits(object.tsMs.low >>> 0, object.tsMs.high >>> 0).toNumber(true);
                if (object.body != null)
                    if (object.body.length)
                        if (typeof object.body === "string")
                            $util.base64.decode(object.body, message.body = $util.newBuffer($util.base64.length(object.body)), 0);
                        else if (object.body.length >= 0)
                            message.body = object.body;
                if (object.signature != null)
                    if (object.signature.length)
                        if (typeof object.signature === "string")
                            $util.base64.decode(object.signature, message.signature = $util.newBuffer($util.base64.length(object.signature)), 0);
                        else if (object.signature.length >= 0)
                            message.signature = object.signature;
                if (object.zstd != null)
                    if (object.zstd)
                        message.zstd = $Boolean(object.zstd);
                return message;
            };

            /**
             * Creates a plain object from a Signed message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Signed
             * @static
             * @param {accord.v1.Signed} message Signed
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Signed.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.boot = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.boot = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.n = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.n = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.tsMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.tsMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.body = "";
                    else {
                        object.body = [];
                        if (options.bytes !== $Array)
                            object.body = $util.newBuffer(object.body);
                    }
                    if (options.bytes === $String)
                        object.signature = "";
                    else {
                        object.signature = [];
                        if (options.bytes !== $Array)
                            object.signature = $util.newBuffer(object.signature);
                    }
                    object.zstd = false;
                }
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.boot = typeof message.boot === "number" ? $BigInt(message.boot) : $util.Long.fromBits(message.boot.low >>> 0, message.boot.high >>> 0, true).toBigInt();
                    else if (typeof message.boot === "number")
                        object.boot = options.longs === $String ? $String(message.boot) : message.boot;
                    else
                        object.boot = options.longs === $String ? $util.Long.prototype.toString.call(message.boot) : options.longs === $Number ? new $util.LongBits(message.boot.low >>> 0, message.boot.high >>> 0).toNumber(true) : message.boot;
                if (message.n != null && $Object.hasOwnProperty.call(message, "n"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.n = typeof message.n === "number" ? $BigInt(message.n) : $util.Long.fromBits(message.n.low >>> 0, message.n.high >>> 0, true).toBigInt();
                    else if (typeof message.n === "number")
                        object.n = options.longs === $String ? $String(message.n) : message.n;
                    else
                        object.n = options.longs === $String ? $util.Long.prototype.toString.call(message.n) : options.longs === $Number ? new $util.LongBits(message.n.low >>> 0, message.n.high >>> 0).toNumber(true) : message.n;
                if (message.tsMs != null && $Object.hasOwnProperty.call(message, "tsMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.tsMs = typeof message.tsMs === "number" ? $BigInt(message.tsMs) : $util.Long.fromBits(message.tsMs.low >>> 0, message.tsMs.high >>> 0, true).toBigInt();
                    else if (typeof message.tsMs === "number")
                        object.tsMs = options.longs === $String ? $String(message.tsMs) : message.tsMs;
                    else
                        object.tsMs = options.longs === $String ? $util.Long.prototype.toString.call(message.tsMs) : options.longs === $Number ? new $util.LongBits(message.tsMs.low >>> 0, message.tsMs.high >>> 0).toNumber(true) : message.tsMs;
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    object.body = options.bytes === $String ? $util.base64.encode(message.body, 0, message.body.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.body) : message.body;
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    object.signature = options.bytes === $String ? $util.base64.encode(message.signature, 0, message.signature.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.signature) : message.signature;
                if (message.zstd != null && $Object.hasOwnProperty.call(message, "zstd"))
                    object.zstd = message.zstd;
                return object;
            };

            /**
             * Converts this Signed to JSON.
             * @function toJSON
             * @memberof accord.v1.Signed
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Signed.prototype.toJSON = function() {
                return Signed.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Signed
             * @function getTypeUrl
             * @memberof accord.v1.Signed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Signed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Signed";
            };

            return Signed;
        })();

        v1.Summary = (function() {

            /**
             * Properties of a Summary.
             * @typedef {Object} accord.v1.Summary.$Properties
             * @property {number|null} [lastBoot] Summary lastBoot
             * @property {number|null} [lastN] Summary lastN
             * @property {Array.<accord.v1.PolicyReport.$Properties>|null} [policies] Summary policies
             * @property {accord.v1.Facts.$Properties|null} [facts] Summary facts
             * @property {Array.<accord.v1.AnchorPosition.$Properties>|null} [anchors] Summary anchors
             * @property {Array.<string>|null} [alarms] Summary alarms
             * @property {Array.<accord.v1.QuotaUsage.$Properties>|null} [usage] Summary usage
             * @property {boolean|null} [left] Summary left
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Summary.
             * @memberof accord.v1
             * @interface ISummary
             * @augments accord.v1.Summary.$Properties
             * @deprecated Use accord.v1.Summary.$Properties instead.
             */

            /**
             * Shape of a Summary.
             * @typedef {accord.v1.Summary.$Properties} accord.v1.Summary.$Shape
             */

            /**
             * Constructs a new Summary.
             * @memberof accord.v1
             * @classdesc Represents a Summary.
             * @constructor
             * @param {accord.v1.Summary.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Summary = function (properties) {
                this.policies = [];
                this.anchors = [];
                this.alarms = [];
                this.usage = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Summary lastBoot.
             * @member {number} lastBoot
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.lastBoot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Summary lastN.
             * @member {number} lastN
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.lastN = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Summary policies.
             * @member {Array.<accord.v1.PolicyReport.$Properties>} policies
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.policies = $util.emptyArray;

            /**
             * Summary facts.
             * @member {accord.v1.Facts.$Properties|null|undefined} facts
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.facts = null;

            /**
             * Summary anchors.
             * @member {Array.<accord.v1.AnchorPosition.$Properties>} anchors
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.anchors = $util.emptyArray;

            /**
             * Summary alarms.
             * @member {Array.<string>} alarms
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.alarms = $util.emptyArray;

            /**
             * Summary usage.
             * @member {Array.<accord.v1.QuotaUsage.$Properties>} usage
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.usage = $util.emptyArray;

            /**
             * Summary left.
             * @member {boolean} left
             * @memberof accord.v1.Summary
             * @instance
             */
            Summary.prototype.left = false;

            /**
             * Encodes the specified Summary message. Does not implicitly {@link accord.v1.Summary.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Summary
             * @static
             * @param {accord.v1.Summary.$Properties} message Summary message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Summary.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.lastBoot != null && $Object.hasOwnProperty.call(message, "lastBoot") && (typeof message.lastBoot === "object" ? message.lastBoot.low || message.lastBoot.high : message.lastBoot !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.lastBoot);
                if (message.lastN != null && $Object.hasOwnProperty.call(message, "lastN") && (typeof message.lastN === "object" ? message.lastN.low || message.lastN.high : message.lastN !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.lastN);
                if (message.policies != null && message.policies.length)
                    for (let i = 0; i < message.policies.length; ++i)
                        $root.accord.v1.PolicyReport.encode(message.policies[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.accord.v1.Facts.encode(message.facts, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.anchors != null && message.anchors.length)
                    for (let i = 0; i < message.anchors.length; ++i)
                        $root.accord.v1.AnchorPosition.encode(message.anchors[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.alarms != null && message.alarms.length)
                    for (let i = 0; i < message.alarms.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.alarms[i]);
                if (message.usage != null && message.usage.length)
                    for (let i = 0; i < message.usage.length; ++i)
                        $root.accord.v1.QuotaUsage.encode(message.usage[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.left != null && $Object.hasOwnProperty.call(message, "left") && message.left !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.left);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Summary
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Summary & accord.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Summary.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Summary();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastBoot = value;
                            else
                                delete message.lastBoot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastN = value;
                            else
                                delete message.lastN;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.policies && message.policies.length))
                                message.policies = [];
                            message.policies.push($root.accord.v1.PolicyReport.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.accord.v1.Facts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.anchors && message.anchors.length))
                                message.anchors = [];
                            message.anchors.push($root.accord.v1.AnchorPosition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.alarms && message.alarms.length))
                                message.alarms = [];
                            message.alarms.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.usage && message.usage.length))
                                message.usage = [];
                            message.usage.push($root.accord.v1.QuotaUsage.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.left = value;
                            else
                                delete message.left;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Summary message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Summary
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Summary} Summary
             */
            Summary.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Summary)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Summary: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Summary();
                if (object.lastBoot != null)
                    if (typeof object.lastBoot === "object" ? object.lastBoot.low || object.lastBoot.high : $Number(object.lastBoot) !== 0)
                        if ($util.Long)
                            message.lastBoot = $util.Long.fromValue(object.lastBoot, true);
                        else if (typeof object.lastBoot === "string")
                            message.lastBoot = $parseInt(object.lastBoot, 10);
                        else if (typeof object.lastBoot === "number")
                            message.lastBoot = object.lastBoot;
                        else if (typeof object.lastBoot === "object")
                            message.lastBoot = new $util.LongBits(object.lastBoot.low >>> 0, object.lastBoot.high >>> 0).toNumber(true);
                if (object.lastN != null)
                    if (typeof object.lastN === "object" ? object.lastN.low || object.lastN.high : $Number(object.lastN) !== 0)
                        if ($util.Long)
                            message.lastN = $util.Long.fromValue(object.lastN, true);
                        else if (typeof object.lastN === "string")
                            message.lastN = $parseInt(object.lastN, 10);
                        else if (typeof object.lastN === "number")
                            message.lastN = object.lastN;
                        else if (typeof object.lastN === "object")
                            message.lastN = new $util.LongBits(object.lastN.low >>> 0, object.lastN.high >>> 0).toNumber(true);
                if (object.policies) {
                    if (!$Array.isArray(object.policies))
                        throw $TypeError(".accord.v1.Summary.policies: array expected");
                    message.policies = $Array(object.policies.length);
                    for (let i = 0; i < object.policies.length; ++i) {
                        if (!$util.isObject(object.policies[i]))
                            throw $TypeError(".accord.v1.Summary.policies: object expected");
                        message.policies[i] = $root.accord.v1.PolicyReport.fromObject(object.policies[i], _depth + 1);
                    }
                }
                if (object.facts != null) {
                    if (!$util.isObject(object.facts))
                        throw $TypeError(".accord.v1.Summary.facts: object expected");
                    message.facts = $root.accord.v1.Facts.fromObject(object.facts, _depth + 1);
                }
                if (object.anchors) {
                    if (!$Array.isArray(object.anchors))
                        throw $TypeError(".accord.v1.Summary.anchors: array expected");
                    message.anchors = $Array(object.anchors.length);
                    for (let i = 0; i < object.anchors.length; ++i) {
                        if (!$util.isObject(object.anchors[i]))
                            throw $TypeError(".accord.v1.Summary.anchors: object expected");
                        message.anchors[i] = $root.accord.v1.AnchorPosition.fromObject(object.anchors[i], _depth + 1);
                    }
                }
                if (object.alarms) {
                    if (!$Array.isArray(object.alarms))
                        throw $TypeError(".accord.v1.Summary.alarms: array expected");
                    message.alarms = $Array(object.alarms.length);
                    for (let i = 0; i < object.alarms.length; ++i)
                        message.alarms[i] = $String(object.alarms[i]);
                }
                if (object.usage) {
                    if (!$Array.isArray(object.usage))
                        throw $TypeError(".accord.v1.Summary.usage: array expected");
                    message.usage = $Array(object.usage.length);
                    for (let i = 0; i < object.usage.length; ++i) {
                        if (!$util.isObject(object.usage[i]))
                            throw $TypeError(".accord.v1.Summary.usage: object expected");
                        message.usage[i] = $root.accord.v1.QuotaUsage.fromObject(object.usage[i], _depth + 1);
                    }
                }
                if (object.left != null)
                    if (object.left)
                        message.left = $Boolean(object.left);
                return message;
            };

            /**
             * Creates a plain object from a Summary message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Summary
             * @static
             * @param {accord.v1.Summary} message Summary
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Summary.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.policies = [];
                    object.anchors = [];
                    object.alarms = [];
                    object.usage = [];
                }
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.lastBoot = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.lastBoot = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.lastN = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.lastN = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.facts = null;
                    object.left = false;
                }
                if (message.lastBoot != null && $Object.hasOwnProperty.call(message, "lastBoot"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.lastBoot = typeof message.lastBoot === "number" ? $BigInt(message.lastBoot) : $util.Long.fromBits(message.lastBoot.low >>> 0, message.lastBoot.high >>> 0, true).toBigInt();
                    else if (typeof message.lastBoot === "number")
                        object.lastBoot = options.longs === $String ? $String(message.lastBoot) : message.lastBoot;
                    else
                        object.lastBoot = options.longs === $String ? $util.Long.prototype.toString.call(message.lastBoot) : options.longs === $Number ? new $util.LongBits(message.lastBoot.low >>> 0, message.lastBoot.high >>> 0).toNumber(true) : message.lastBoot;
                if (message.lastN != null && $Object.hasOwnProperty.call(message, "lastN"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.lastN = typeof message.lastN === "number" ? $BigInt(message.lastN) : $util.Long.fromBits(message.lastN.low >>> 0, message.lastN.high >>> 0, true).toBigInt();
                    else if (typeof message.lastN === "number")
                        object.lastN = options.longs === $String ? $String(message.lastN) : message.lastN;
                    else
                        object.lastN = options.longs === $String ? $util.Long.prototype.toString.call(message.lastN) : options.longs === $Number ? new $util.LongBits(message.lastN.low >>> 0, message.lastN.high >>> 0).toNumber(true) : message.lastN;
                if (message.policies && message.policies.length) {
                    object.policies = $Array(message.policies.length);
                    for (let j = 0; j < message.policies.length; ++j)
                        object.policies[j] = $root.accord.v1.PolicyReport.toObject(message.policies[j], options, _depth + 1);
                }
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    object.facts = $root.accord.v1.Facts.toObject(message.facts, options, _depth + 1);
                if (message.anchors && message.anchors.length) {
                    object.anchors = $Array(message.anchors.length);
                    for (let j = 0; j < message.anchors.length; ++j)
                        object.anchors[j] = $root.accord.v1.AnchorPosition.toObject(message.anchors[j], options, _depth + 1);
                }
                if (message.alarms && message.alarms.length) {
                    object.alarms = $Array(message.alarms.length);
                    for (let j = 0; j < message.alarms.length; ++j)
                        object.alarms[j] = message.alarms[j];
                }
                if (message.usage && message.usage.length) {
                    object.usage = $Array(message.usage.length);
                    for (let j = 0; j < message.usage.length; ++j)
                        object.usage[j] = $root.accord.v1.QuotaUsage.toObject(message.usage[j], options, _depth + 1);
                }
                if (message.left != null && $Object.hasOwnProperty.call(message, "left"))
                    object.left = message.left;
                return object;
            };

            /**
             * Converts this Summary to JSON.
             * @function toJSON
             * @memberof accord.v1.Summary
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Summary.prototype.toJSON = function() {
                return Summary.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Summary
             * @function getTypeUrl
             * @memberof accord.v1.Summary
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Summary.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Summary";
            };

            return Summary;
        })();

        v1.QuotaUsage = (function() {

            /**
             * Properties of a QuotaUsage.
             * @typedef {Object} accord.v1.QuotaUsage.$Properties
             * @property {string|null} [namespace] QuotaUsage namespace
             * @property {string|null} [quota] QuotaUsage quota
             * @property {string|null} [resource] QuotaUsage resource
             * @property {string|null} [used] QuotaUsage used
             * @property {string|null} [hard] QuotaUsage hard
             * @property {number|null} [percent] QuotaUsage percent
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a QuotaUsage.
             * @memberof accord.v1
             * @interface IQuotaUsage
             * @augments accord.v1.QuotaUsage.$Properties
             * @deprecated Use accord.v1.QuotaUsage.$Properties instead.
             */

            /**
             * Shape of a QuotaUsage.
             * @typedef {accord.v1.QuotaUsage.$Properties} accord.v1.QuotaUsage.$Shape
             */

            /**
             * Constructs a new QuotaUsage.
             * @memberof accord.v1
             * @classdesc Represents a QuotaUsage.
             * @constructor
             * @param {accord.v1.QuotaUsage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const QuotaUsage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * QuotaUsage namespace.
             * @member {string} namespace
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.namespace = "";

            /**
             * QuotaUsage quota.
             * @member {string} quota
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.quota = "";

            /**
             * QuotaUsage resource.
             * @member {string} resource
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.resource = "";

            /**
             * QuotaUsage used.
             * @member {string} used
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.used = "";

            /**
             * QuotaUsage hard.
             * @member {string} hard
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.hard = "";

            /**
             * QuotaUsage percent.
             * @member {number} percent
             * @memberof accord.v1.QuotaUsage
             * @instance
             */
            QuotaUsage.prototype.percent = 0;

            /**
             * Encodes the specified QuotaUsage message. Does not implicitly {@link accord.v1.QuotaUsage.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.QuotaUsage
             * @static
             * @param {accord.v1.QuotaUsage.$Properties} message QuotaUsage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QuotaUsage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.quota != null && $Object.hasOwnProperty.call(message, "quota") && message.quota !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.quota);
                if (message.resource != null && $Object.hasOwnProperty.call(message, "resource") && message.resource !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.resource);
                if (message.used != null && $Object.hasOwnProperty.call(message, "used") && message.used !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.used);
                if (message.hard != null && $Object.hasOwnProperty.call(message, "hard") && message.hard !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.hard);
                if (message.percent != null && $Object.hasOwnProperty.call(message, "percent") && message.percent !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.percent);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a QuotaUsage message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.QuotaUsage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.QuotaUsage & accord.v1.QuotaUsage.$Shape} QuotaUsage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QuotaUsage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.QuotaUsage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.quota = value;
                            else
                                delete message.quota;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.resource = value;
                            else
                                delete message.resource;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.used = value;
                            else
                                delete message.used;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hard = value;
                            else
                                delete message.hard;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.percent = value;
                            else
                                delete message.percent;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a QuotaUsage message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.QuotaUsage
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.QuotaUsage} QuotaUsage
             */
            QuotaUsage.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.QuotaUsage)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.QuotaUsage: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.QuotaUsage();
                if (object.namespace != null)
                    if (typeof object.namespace !== "string" || object.namespace.length)
                        message.namespace = $String(object.namespace);
                if (object.quota != null)
                    if (typeof object.quota !== "string" || object.quota.length)
                        message.quota = $String(object.quota);
                if (object.resource != null)
                    if (typeof object.resource !== "string" || object.resource.length)
                        message.resource = $String(object.resource);
                if (object.used != null)
                    if (typeof object.used !== "string" || object.used.length)
                        message.used = $String(object.used);
                if (object.hard != null)
                    if (typeof object.hard !== "string" || object.hard.length)
                        message.hard = $String(object.hard);
                if (object.percent != null)
                    if ($Number(object.percent) !== 0)
                        message.percent = object.percent >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a QuotaUsage message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.QuotaUsage
             * @static
             * @param {accord.v1.QuotaUsage} message QuotaUsage
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            QuotaUsage.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.namespace = "";
                    object.quota = "";
                    object.resource = "";
                    object.used = "";
                    object.hard = "";
                    object.percent = 0;
                }
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    object.namespace = message.namespace;
                if (message.quota != null && $Object.hasOwnProperty.call(message, "quota"))
                    object.quota = message.quota;
                if (message.resource != null && $Object.hasOwnProperty.call(message, "resource"))
                    object.resource = message.resource;
                if (message.used != null && $Object.hasOwnProperty.call(message, "used"))
                    object.used = message.used;
                if (message.hard != null && $Object.hasOwnProperty.call(message, "hard"))
                    object.hard = message.hard;
                if (message.percent != null && $Object.hasOwnProperty.call(message, "percent"))
                    object.percent = message.percent;
                return object;
            };

            /**
             * Converts this QuotaUsage to JSON.
             * @function toJSON
             * @memberof accord.v1.QuotaUsage
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            QuotaUsage.prototype.toJSON = function() {
                return QuotaUsage.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for QuotaUsage
             * @function getTypeUrl
             * @memberof accord.v1.QuotaUsage
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            QuotaUsage.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.QuotaUsage";
            };

            return QuotaUsage;
        })();

        v1.Facts = (function() {

            /**
             * Properties of a Facts.
             * @typedef {Object} accord.v1.Facts.$Properties
             * @property {string|null} [kubernetesVersion] Facts kubernetesVersion
             * @property {string|null} [spokeVersion] Facts spokeVersion
             * @property {string|null} [kubeSystemUid] Facts kubeSystemUid
             * @property {string|null} [permissions] Facts permissions
             * @property {string|null} [platform] Facts platform
             * @property {Array.<accord.v1.SealingKey.$Properties>|null} [sealingKeys] Facts sealingKeys
             * @property {accord.v1.Capacity.$Properties|null} [capacity] Facts capacity
             * @property {accord.v1.Guardrail.$Properties|null} [guardrail] Facts guardrail
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Facts.
             * @memberof accord.v1
             * @interface IFacts
             * @augments accord.v1.Facts.$Properties
             * @deprecated Use accord.v1.Facts.$Properties instead.
             */

            /**
             * Shape of a Facts.
             * @typedef {accord.v1.Facts.$Properties} accord.v1.Facts.$Shape
             */

            /**
             * Constructs a new Facts.
             * @memberof accord.v1
             * @classdesc Represents a Facts.
             * @constructor
             * @param {accord.v1.Facts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Facts = function (properties) {
                this.sealingKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Facts kubernetesVersion.
             * @member {string} kubernetesVersion
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.kubernetesVersion = "";

            /**
             * Facts spokeVersion.
             * @member {string} spokeVersion
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.spokeVersion = "";

            /**
             * Facts kubeSystemUid.
             * @member {string} kubeSystemUid
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.kubeSystemUid = "";

            /**
             * Facts permissions.
             * @member {string} permissions
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.permissions = "";

            /**
             * Facts platform.
             * @member {string} platform
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.platform = "";

            /**
             * Facts sealingKeys.
             * @member {Array.<accord.v1.SealingKey.$Properties>} sealingKeys
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.sealingKeys = $util.emptyArray;

            /**
             * Facts capacity.
             * @member {accord.v1.Capacity.$Properties|null|undefined} capacity
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.capacity = null;

            /**
             * Facts guardrail.
             * @member {accord.v1.Guardrail.$Properties|null|undefined} guardrail
             * @memberof accord.v1.Facts
             * @instance
             */
            Facts.prototype.guardrail = null;

            /**
             * Encodes the specified Facts message. Does not implicitly {@link accord.v1.Facts.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Facts
             * @static
             * @param {accord.v1.Facts.$Properties} message Facts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Facts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kubernetesVersion != null && $Object.hasOwnProperty.call(message, "kubernetesVersion") && message.kubernetesVersion !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.kubernetesVersion);
                if (message.spokeVersion != null && $Object.hasOwnProperty.call(message, "spokeVersion") && message.spokeVersion !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.spokeVersion);
                if (message.kubeSystemUid != null && $Object.hasOwnProperty.call(message, "kubeSystemUid") && message.kubeSystemUid !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.kubeSystemUid);
                if (message.permissions != null && $Object.hasOwnProperty.call(message, "permissions") && message.permissions !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.permissions);
                if (message.platform != null && $Object.hasOwnProperty.call(message, "platform") && message.platform !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.platform);
                if (message.sealingKeys != null && message.sealingKeys.length)
                    for (let i = 0; i < message.sealingKeys.length; ++i)
                        $root.accord.v1.SealingKey.encode(message.sealingKeys[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.capacity != null && $Object.hasOwnProperty.call(message, "capacity"))
                    $root.accord.v1.Capacity.encode(message.capacity, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.guardrail != null && $Object.hasOwnProperty.call(message, "guardrail"))
                    $root.accord.v1.Guardrail.encode(message.guardrail, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Facts message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Facts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Facts & accord.v1.Facts.$Shape} Facts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Facts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Facts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kubernetesVersion = value;
                            else
                                delete message.kubernetesVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.spokeVersion = value;
                            else
                                delete message.spokeVersion;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kubeSystemUid = value;
                            else
                                delete message.kubeSystemUid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.permissions = value;
                            else
                                delete message.permissions;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.platform = value;
                            else
                                delete message.platform;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sealingKeys && message.sealingKeys.length))
                                message.sealingKeys = [];
                            message.sealingKeys.push($root.accord.v1.SealingKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.capacity = $root.accord.v1.Capacity.decode(reader, reader.size(), $undefined, _depth + 1, message.capacity);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.guardrail = $root.accord.v1.Guardrail.decode(reader, reader.size(), $undefined, _depth + 1, message.guardrail);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Facts message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Facts
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Facts} Facts
             */
            Facts.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Facts)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Facts: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Facts();
                if (object.kubernetesVersion != null)
                    if (typeof object.kubernetesVersion !== "string" || object.kubernetesVersion.length)
                        message.kubernetesVersion = $String(object.kubernetesVersion);
                if (object.spokeVersion != null)
                    if (typeof object.spokeVersion !== "string" || object.spokeVersion.length)
                        message.spokeVersion = $String(object.spokeVersion);
                if (object.kubeSystemUid != null)
                    if (typeof object.kubeSystemUid !== "string" || object.kubeSystemUid.length)
                        message.kubeSystemUid = $String(object.kubeSystemUid);
                if (object.permissions != null)
                    if (typeof object.permissions !== "string" || object.permissions.length)
                        message.permissions = $String(object.permissions);
                if (object.platform != null)
                    if (typeof object.platform !== "string" || object.platform.length)
                        message.platform = $String(object.platform);
                if (object.sealingKeys) {
                    if (!$Array.isArray(object.sealingKeys))
                        throw $TypeError(".accord.v1.Facts.sealingKeys: array expected");
                    message.sealingKeys = $Array(object.sealingKeys.length);
                    for (let i = 0; i < object.sealingKeys.length; ++i) {
                        if (!$util.isObject(object.sealingKeys[i]))
                            throw $TypeError(".accord.v1.Facts.sealingKeys: object expected");
                        message.sealingKeys[i] = $root.accord.v1.SealingKey.fromObject(object.sealingKeys[i], _depth + 1);
                    }
                }
                if (object.capacity != null) {
                    if (!$util.isObject(object.capacity))
                        throw $TypeError(".accord.v1.Facts.capacity: object expected");
                    message.capacity = $root.accord.v1.Capacity.fromObject(object.capacity, _depth + 1);
                }
                if (object.guardrail != null) {
                    if (!$util.isObject(object.guardrail))
                        throw $TypeError(".accord.v1.Facts.guardrail: object expected");
                    message.guardrail = $root.accord.v1.Guardrail.fromObject(object.guardrail, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Facts message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Facts
             * @static
             * @param {accord.v1.Facts} message Facts
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Facts.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.sealingKeys = [];
                if (options.defaults) {
                    object.kubernetesVersion = "";
                    object.spokeVersion = "";
                    object.kubeSystemUid = "";
                    object.permissions = "";
                    object.platform = "";
                    object.capacity = null;
                    object.guardrail = null;
                }
                if (message.kubernetesVersion != null && $Object.hasOwnProperty.call(message, "kubernetesVersion"))
                    object.kubernetesVersion = message.kubernetesVersion;
                if (message.spokeVersion != null && $Object.hasOwnProperty.call(message, "spokeVersion"))
                    object.spokeVersion = message.spokeVersion;
                if (message.kubeSystemUid != null && $Object.hasOwnProperty.call(message, "kubeSystemUid"))
                    object.kubeSystemUid = message.kubeSystemUid;
                if (message.permissions != null && $Object.hasOwnProperty.call(message, "permissions"))
                    object.permissions = message.permissions;
                if (message.platform != null && $Object.hasOwnProperty.call(message, "platform"))
                    object.platform = message.platform;
                if (message.sealingKeys && message.sealingKeys.length) {
                    object.sealingKeys = $Array(message.sealingKeys.length);
                    for (let j = 0; j < message.sealingKeys.length; ++j)
                        object.sealingKeys[j] = $root.accord.v1.SealingKey.toObject(message.sealingKeys[j], options, _depth + 1);
                }
                if (message.capacity != null && $Object.hasOwnProperty.call(message, "capacity"))
                    object.capacity = $root.accord.v1.Capacity.toObject(message.capacity, options, _depth + 1);
                if (message.guardrail != null && $Object.hasOwnProperty.call(message, "guardrail"))
                    object.guardrail = $root.accord.v1.Guardrail.toObject(message.guardrail, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Facts to JSON.
             * @function toJSON
             * @memberof accord.v1.Facts
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Facts.prototype.toJSON = function() {
                return Facts.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Facts
             * @function getTypeUrl
             * @memberof accord.v1.Facts
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Facts.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Facts";
            };

            return Facts;
        })();

        v1.Guardrail = (function() {

            /**
             * Properties of a Guardrail.
             * @typedef {Object} accord.v1.Guardrail.$Properties
             * @property {number|null} [generation] Guardrail generation
             * @property {string|null} [because] Guardrail because
             * @property {accord.v1.NameList.$Properties|null} [allowedKinds] Guardrail allowedKinds
             * @property {accord.v1.NameList.$Properties|null} [allowedNamespaces] Guardrail allowedNamespaces
             * @property {accord.v1.NameList.$Properties|null} [bindableRoles] Guardrail bindableRoles
             * @property {accord.v1.NameList.$Properties|null} [protectedNamespaces] Guardrail protectedNamespaces
             * @property {accord.v1.NameList.$Properties|null} [allowRisks] Guardrail allowRisks
             * @property {number|null} [maxObjects] Guardrail maxObjects
             * @property {accord.v1.Limit.$Properties|null} [maxRemovalsPerHour] Guardrail maxRemovalsPerHour
             * @property {Array.<accord.v1.GuardrailWindow.$Properties>|null} [windows] Guardrail windows
             * @property {number|null} [moreWindows] Guardrail moreWindows
             * @property {accord.v1.GuardrailFreeze.$Properties|null} [freeze] Guardrail freeze
             * @property {string|null} [maxLocalHold] Guardrail maxLocalHold
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Guardrail.
             * @memberof accord.v1
             * @interface IGuardrail
             * @augments accord.v1.Guardrail.$Properties
             * @deprecated Use accord.v1.Guardrail.$Properties instead.
             */

            /**
             * Shape of a Guardrail.
             * @typedef {accord.v1.Guardrail.$Properties} accord.v1.Guardrail.$Shape
             */

            /**
             * Constructs a new Guardrail.
             * @memberof accord.v1
             * @classdesc Represents a Guardrail.
             * @constructor
             * @param {accord.v1.Guardrail.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Guardrail = function (properties) {
                this.windows = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Guardrail generation.
             * @member {number} generation
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Guardrail because.
             * @member {string} because
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.because = "";

            /**
             * Guardrail allowedKinds.
             * @member {accord.v1.NameList.$Properties|null|undefined} allowedKinds
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.allowedKinds = null;

            /**
             * Guardrail allowedNamespaces.
             * @member {accord.v1.NameList.$Properties|null|undefined} allowedNamespaces
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.allowedNamespaces = null;

            /**
             * Guardrail bindableRoles.
             * @member {accord.v1.NameList.$Properties|null|undefined} bindableRoles
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.bindableRoles = null;

            /**
             * Guardrail protectedNamespaces.
             * @member {accord.v1.NameList.$Properties|null|undefined} protectedNamespaces
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.protectedNamespaces = null;

            /**
             * Guardrail allowRisks.
             * @member {accord.v1.NameList.$Properties|null|undefined} allowRisks
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.allowRisks = null;

            /**
             * Guardrail maxObjects.
             * @member {number} maxObjects
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.maxObjects = 0;

            /**
             * Guardrail maxRemovalsPerHour.
             * @member {accord.v1.Limit.$Properties|null|undefined} maxRemovalsPerHour
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.maxRemovalsPerHour = null;

            /**
             * Guardrail windows.
             * @member {Array.<accord.v1.GuardrailWindow.$Properties>} windows
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.windows = $util.emptyArray;

            /**
             * Guardrail moreWindows.
             * @member {number} moreWindows
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.moreWindows = 0;

            /**
             * Guardrail freeze.
             * @member {accord.v1.GuardrailFreeze.$Properties|null|undefined} freeze
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.freeze = null;

            /**
             * Guardrail maxLocalHold.
             * @member {string} maxLocalHold
             * @memberof accord.v1.Guardrail
             * @instance
             */
            Guardrail.prototype.maxLocalHold = "";

            /**
             * Encodes the specified Guardrail message. Does not implicitly {@link accord.v1.Guardrail.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Guardrail
             * @static
             * @param {accord.v1.Guardrail.$Properties} message Guardrail message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Guardrail.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.generation);
                if (message.because != null && $Object.hasOwnProperty.call(message, "because") && message.because !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.because);
                if (message.allowedKinds != null && $Object.hasOwnProperty.call(message, "allowedKinds"))
                    $root.accord.v1.NameList.encode(message.allowedKinds, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.allowedNamespaces != null && $Object.hasOwnProperty.call(message, "allowedNamespaces"))
                    $root.accord.v1.NameList.encode(message.allowedNamespaces, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.bindableRoles != null && $Object.hasOwnProperty.call(message, "bindableRoles"))
                    $root.accord.v1.NameList.encode(message.bindableRoles, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.protectedNamespaces != null && $Object.hasOwnProperty.call(message, "protectedNamespaces"))
                    $root.accord.v1.NameList.encode(message.protectedNamespaces, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.allowRisks != null && $Object.hasOwnProperty.call(message, "allowRisks"))
                    $root.accord.v1.NameList.encode(message.allowRisks, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.maxObjects != null && $Object.hasOwnProperty.call(message, "maxObjects") && message.maxObjects !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.maxObjects);
                if (message.maxRemovalsPerHour != null && $Object.hasOwnProperty.call(message, "maxRemovalsPerHour"))
                    $root.accord.v1.Limit.encode(message.maxRemovalsPerHour, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.windows != null && message.windows.length)
                    for (let i = 0; i < message.windows.length; ++i)
                        $root.accord.v1.GuardrailWindow.encode(message.windows[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.moreWindows != null && $Object.hasOwnProperty.call(message, "moreWindows") && message.moreWindows !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.moreWindows);
                if (message.freeze != null && $Object.hasOwnProperty.call(message, "freeze"))
                    $root.accord.v1.GuardrailFreeze.encode(message.freeze, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.maxLocalHold != null && $Object.hasOwnProperty.call(message, "maxLocalHold") && message.maxLocalHold !== "")
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.maxLocalHold);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Guardrail message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Guardrail
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Guardrail & accord.v1.Guardrail.$Shape} Guardrail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Guardrail.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Guardrail();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.because = value;
                            else
                                delete message.because;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.allowedKinds = $root.accord.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.allowedKinds);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.allowedNamespaces = $root.accord.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.allowedNamespaces);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.bindableRoles = $root.accord.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.bindableRoles);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.protectedNamespaces = $root.accord.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.protectedNamespaces);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.allowRisks = $root.accord.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.allowRisks);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxObjects = value;
                            else
                                delete message.maxObjects;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.maxRemovalsPerHour = $root.accord.v1.Limit.decode(reader, reader.size(), $undefined, _depth + 1, message.maxRemovalsPerHour);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.windows && message.windows.length))
                                message.windows = [];
                            message.windows.push($root.accord.v1.GuardrailWindow.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.moreWindows = value;
                            else
                                delete message.moreWindows;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.freeze = $root.accord.v1.GuardrailFreeze.decode(reader, reader.size(), $undefined, _depth + 1, message.freeze);
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.maxLocalHold = value;
                            else
                                delete message.maxLocalHold;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Guardrail message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Guardrail
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Guardrail} Guardrail
             */
            Guardrail.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Guardrail)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Guardrail: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Guardrail();
                if (object.generation != null)
                    if (typeof object.generation === "object" ? object.generation.low || object.generation.high : $Number(object.generation) !== 0)
                        if ($util.Long)
                            message.generation = $util.Long.fromValue(object.generation, true);
                        else if (typeof object.generation === "string")
                            message.generation = $parseInt(object.generation, 10);
                        else if (typeof object.generation === "number")
                            message.generation = object.generation;
                        else if (typeof object.generation === "object")
                            message.generation = new $util.LongBits(object.generation.low >>> 0, object.generation.high >>> 0).toNumber(true);
                if (object.because != null)
                    if (typeof object.because !== "string" || object.because.length)
                        message.because = $String(object.because);
                if (object.allowedKinds != null) {
                    if (!$util.isObject(object.allowedKinds))
                        throw $TypeError(".accord.v1.Guardrail.allowedKinds: object expected");
                    message.allowedKinds = $root.accord.v1.NameList.fromObject(object.allowedKinds, _depth + 1);
                }
                if (object.allowedNamespaces != null) {
                    if (!$util.isObject(object.allowedNamespaces))
                        throw $TypeError(".accord.v1.Guardrail.allowedNamespaces: object expected");
                    message.allowedNamespaces = $root.accord.v1.NameList.fromObject(object.allowedNamespaces, _depth + 1);
                }
                if (object.bindableRoles != null) {
                    if (!$util.isObject(object.bindableRoles))
                        throw $TypeError(".accord.v1.Guardrail.bindableRoles: object expected");
                    message.bindableRoles = $root.accord.v1.NameList.fromObject(object.bindableRoles, _depth + 1);
                }
                if (object.protectedNamespaces != null) {
                    if (!$util.isObject(object.protectedNamespaces))
                        throw $TypeError(".accord.v1.Guardrail.protectedNamespaces: object expected");
                    message.protectedNamespaces = $root.accord.v1.NameList.fromObject(object.protectedNamespaces, _depth + 1);
                }
                if (object.allowRisks != null) {
                    if (!$util.isObject(object.allowRisks))
                        throw $TypeError(".accord.v1.Guardrail.allowRisks: object expected");
                    message.allowRisks = $root.accord.v1.NameList.fromObject(object.allowRisks, _depth + 1);
                }
                if (object.maxObjects != null)
                    if ($Number(object.maxObjects) !== 0)
                        message.maxObjects = object.maxObjects >>> 0;
                if (object.maxRemovalsPerHour != null) {
                    if (!$util.isObject(object.maxRemovalsPerHour))
                        throw $TypeError(".accord.v1.Guardrail.maxRemovalsPerHour: object expected");
                    message.maxRemovalsPerHour = $root.accord.v1.Limit.fromObject(object.maxRemovalsPerHour, _depth + 1);
                }
                if (object.windows) {
                    if (!$Array.isArray(object.windows))
                        throw $TypeError(".accord.v1.Guardrail.windows: array expected");
                    message.windows = $Array(object.windows.length);
                    for (let i = 0; i < object.windows.length; ++i) {
                        if (!$util.isObject(object.windows[i]))
                            throw $TypeError(".accord.v1.Guardrail.windows: object expected");
                        message.windows[i] = $root.accord.v1.GuardrailWindow.fromObject(object.windows[i], _depth + 1);
                    }
                }
                if (object.moreWindows != null)
                    if ($Number(object.moreWindows) !== 0)
                        message.moreWindows = object.moreWindows >>> 0;
                if (object.freeze != null) {
                    if (!$util.isObject(object.freeze))
                        throw $TypeError(".accord.v1.Guardrail.freeze: object expected");
                    message.freeze = $root.accord.v1.GuardrailFreeze.fromObject(object.freeze, _depth + 1);
                }
                if (object.maxLocalHold != null)
                    if (typeof object.maxLocalHold !== "string" || object.maxLocalHold.length)
                        message.maxLocalHold = $String(object.maxLocalHold);
                return message;
            };

            /**
             * Creates a plain object from a Guardrail message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Guardrail
             * @static
             * @param {accord.v1.Guardrail} message Guardrail
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Guardrail.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.windows = [];
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.generation = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.generation = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.because = "";
                    object.allowedKinds = null;
                    object.allowedNamespaces = null;
                    object.bindableRoles = null;
                    object.protectedNamespaces = null;
                    object.allowRisks = null;
                    object.maxObjects = 0;
                    object.maxRemovalsPerHour = null;
                    object.moreWindows = 0;
                    object.freeze = null;
                    object.maxLocalHold = "";
                }
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.generation = typeof message.generation === "number" ? $BigInt(message.generation) : $util.Long.fromBits(message.generation.low >>> 0, message.generation.high >>> 0, true).toBigInt();
                    else if (typeof message.generation === "number")
                        object.generation = options.longs === $String ? $String(message.generation) : message.generation;
                    else
                        object.generation = options.longs === $String ? $util.Long.prototype.toString.call(message.generation) : options.longs === $Number ? new $util.LongBits(message.generation.low >>> 0, message.generation.high >>> 0).toNumber(true) : message.generation;
                if (message.because != null && $Object.hasOwnProperty.call(message, "because"))
                    object.because = message.because;
                if (message.allowedKinds != null && $Object.hasOwnProperty.call(message, "allowedKinds"))
                    object.allowedKinds = $root.accord.v1.NameList.toObject(message.allowedKinds, options, _depth + 1);
                if (message.allowedNamespaces != null && $Object.hasOwnProperty.call(message, "allowedNamespaces"))
                    object.allowedNamespaces = $root.accord.v1.NameList.toObject(message.allowedNamespaces, options, _depth + 1);
                if (message.bindableRoles != null && $Object.hasOwnProperty.call(message, "bindableRoles"))
                    object.bindableRoles = $root.accord.v1.NameList.toObject(message.bindableRoles, options, _depth + 1);
                if (message.protectedNamespaces != null && $Object.hasOwnProperty.call(message, "protectedNamespaces"))
                    object.protectedNamespaces = $root.accord.v1.NameList.toObject(message.protectedNamespaces, options, _depth + 1);
                if (message.allowRisks != null && $Object.hasOwnProperty.call(message, "allowRisks"))
                    object.allowRisks = $root.accord.v1.NameList.toObject(message.allowRisks, options, _depth + 1);
                if (message.maxObjects != null && $Object.hasOwnProperty.call(message, "maxObjects"))
                    object.maxObjects = message.maxObjects;
                if (message.maxRemovalsPerHour != null && $Object.hasOwnProperty.call(message, "maxRemovalsPerHour"))
                    object.maxRemovalsPerHour = $root.accord.v1.Limit.toObject(message.maxRemovalsPerHour, options, _depth + 1);
                if (message.windows && message.windows.length) {
                    object.windows = $Array(message.windows.length);
                    for (let j = 0; j < message.windows.length; ++j)
                        object.windows[j] = $root.accord.v1.GuardrailWindow.toObject(message.windows[j], options, _depth + 1);
                }
                if (message.moreWindows != null && $Object.hasOwnProperty.call(message, "moreWindows"))
                    object.moreWindows = message.moreWindows;
                if (message.freeze != null && $Object.hasOwnProperty.call(message, "freeze"))
                    object.freeze = $root.accord.v1.GuardrailFreeze.toObject(message.freeze, options, _depth + 1);
                if (message.maxLocalHold != null && $Object.hasOwnProperty.call(message, "maxLocalHold"))
                    object.maxLocalHold = message.maxLocalHold;
                return object;
            };

            /**
             * Converts this Guardrail to JSON.
             * @function toJSON
             * @memberof accord.v1.Guardrail
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Guardrail.prototype.toJSON = function() {
                return Guardrail.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Guardrail
             * @function getTypeUrl
             * @memberof accord.v1.Guardrail
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Guardrail.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Guardrail";
            };

            return Guardrail;
        })();

        v1.NameList = (function() {

            /**
             * Properties of a NameList.
             * @typedef {Object} accord.v1.NameList.$Properties
             * @property {Array.<string>|null} [names] NameList names
             * @property {number|null} [more] NameList more
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NameList.
             * @memberof accord.v1
             * @interface INameList
             * @augments accord.v1.NameList.$Properties
             * @deprecated Use accord.v1.NameList.$Properties instead.
             */

            /**
             * Shape of a NameList.
             * @typedef {accord.v1.NameList.$Properties} accord.v1.NameList.$Shape
             */

            /**
             * Constructs a new NameList.
             * @memberof accord.v1
             * @classdesc Represents a NameList.
             * @constructor
             * @param {accord.v1.NameList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NameList = function (properties) {
                this.names = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NameList names.
             * @member {Array.<string>} names
             * @memberof accord.v1.NameList
             * @instance
             */
            NameList.prototype.names = $util.emptyArray;

            /**
             * NameList more.
             * @member {number} more
             * @memberof accord.v1.NameList
             * @instance
             */
            NameList.prototype.more = 0;

            /**
             * Encodes the specified NameList message. Does not implicitly {@link accord.v1.NameList.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.NameList
             * @static
             * @param {accord.v1.NameList.$Properties} message NameList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NameList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.names[i]);
                if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.more);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NameList message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.NameList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.NameList & accord.v1.NameList.$Shape} NameList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NameList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.NameList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.more = value;
                            else
                                delete message.more;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NameList message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.NameList
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.NameList} NameList
             */
            NameList.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.NameList)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.NameList: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.NameList();
                if (object.names) {
                    if (!$Array.isArray(object.names))
                        throw $TypeError(".accord.v1.NameList.names: array expected");
                    message.names = $Array(object.names.length);
                    for (let i = 0; i < object.names.length; ++i)
                        message.names[i] = $String(object.names[i]);
                }
                if (object.more != null)
                    if ($Number(object.more) !== 0)
                        message.more = object.more >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a NameList message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.NameList
             * @static
             * @param {accord.v1.NameList} message NameList
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NameList.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.names = [];
                if (options.defaults)
                    object.more = 0;
                if (message.names && message.names.length) {
                    object.names = $Array(message.names.length);
                    for (let j = 0; j < message.names.length; ++j)
                        object.names[j] = message.names[j];
                }
                if (message.more != null && $Object.hasOwnProperty.call(message, "more"))
                    object.more = message.more;
                return object;
            };

            /**
             * Converts this NameList to JSON.
             * @function toJSON
             * @memberof accord.v1.NameList
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NameList.prototype.toJSON = function() {
                return NameList.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NameList
             * @function getTypeUrl
             * @memberof accord.v1.NameList
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NameList.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.NameList";
            };

            return NameList;
        })();

        v1.Limit = (function() {

            /**
             * Properties of a Limit.
             * @typedef {Object} accord.v1.Limit.$Properties
             * @property {number|null} [value] Limit value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Limit.
             * @memberof accord.v1
             * @interface ILimit
             * @augments accord.v1.Limit.$Properties
             * @deprecated Use accord.v1.Limit.$Properties instead.
             */

            /**
             * Shape of a Limit.
             * @typedef {accord.v1.Limit.$Properties} accord.v1.Limit.$Shape
             */

            /**
             * Constructs a new Limit.
             * @memberof accord.v1
             * @classdesc Represents a Limit.
             * @constructor
             * @param {accord.v1.Limit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Limit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Limit value.
             * @member {number} value
             * @memberof accord.v1.Limit
             * @instance
             */
            Limit.prototype.value = 0;

            /**
             * Encodes the specified Limit message. Does not implicitly {@link accord.v1.Limit.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Limit
             * @static
             * @param {accord.v1.Limit.$Properties} message Limit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Limit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Limit message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Limit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Limit & accord.v1.Limit.$Shape} Limit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Limit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Limit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Limit message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Limit
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Limit} Limit
             */
            Limit.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Limit)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Limit: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Limit();
                if (object.value != null)
                    if ($Number(object.value) !== 0)
                        message.value = object.value >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Limit message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Limit
             * @static
             * @param {accord.v1.Limit} message Limit
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Limit.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.value = 0;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = message.value;
                return object;
            };

            /**
             * Converts this Limit to JSON.
             * @function toJSON
             * @memberof accord.v1.Limit
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Limit.prototype.toJSON = function() {
                return Limit.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Limit
             * @function getTypeUrl
             * @memberof accord.v1.Limit
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Limit.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Limit";
            };

            return Limit;
        })();

        v1.GuardrailWindow = (function() {

            /**
             * Properties of a GuardrailWindow.
             * @typedef {Object} accord.v1.GuardrailWindow.$Properties
             * @property {string|null} [schedule] GuardrailWindow schedule
             * @property {string|null} [duration] GuardrailWindow duration
             * @property {string|null} [timeZone] GuardrailWindow timeZone
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GuardrailWindow.
             * @memberof accord.v1
             * @interface IGuardrailWindow
             * @augments accord.v1.GuardrailWindow.$Properties
             * @deprecated Use accord.v1.GuardrailWindow.$Properties instead.
             */

            /**
             * Shape of a GuardrailWindow.
             * @typedef {accord.v1.GuardrailWindow.$Properties} accord.v1.GuardrailWindow.$Shape
             */

            /**
             * Constructs a new GuardrailWindow.
             * @memberof accord.v1
             * @classdesc Represents a GuardrailWindow.
             * @constructor
             * @param {accord.v1.GuardrailWindow.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GuardrailWindow = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GuardrailWindow schedule.
             * @member {string} schedule
             * @memberof accord.v1.GuardrailWindow
             * @instance
             */
            GuardrailWindow.prototype.schedule = "";

            /**
             * GuardrailWindow duration.
             * @member {string} duration
             * @memberof accord.v1.GuardrailWindow
             * @instance
             */
            GuardrailWindow.prototype.duration = "";

            /**
             * GuardrailWindow timeZone.
             * @member {string} timeZone
             * @memberof accord.v1.GuardrailWindow
             * @instance
             */
            GuardrailWindow.prototype.timeZone = "";

            /**
             * Encodes the specified GuardrailWindow message. Does not implicitly {@link accord.v1.GuardrailWindow.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.GuardrailWindow
             * @static
             * @param {accord.v1.GuardrailWindow.$Properties} message GuardrailWindow message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GuardrailWindow.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.schedule != null && $Object.hasOwnProperty.call(message, "schedule") && message.schedule !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.schedule);
                if (message.duration != null && $Object.hasOwnProperty.call(message, "duration") && message.duration !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.duration);
                if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone") && message.timeZone !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.timeZone);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GuardrailWindow message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.GuardrailWindow
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.GuardrailWindow & accord.v1.GuardrailWindow.$Shape} GuardrailWindow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GuardrailWindow.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.GuardrailWindow();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.schedule = value;
                            else
                                delete message.schedule;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.duration = value;
                            else
                                delete message.duration;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.timeZone = value;
                            else
                                delete message.timeZone;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GuardrailWindow message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.GuardrailWindow
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.GuardrailWindow} GuardrailWindow
             */
            GuardrailWindow.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.GuardrailWindow)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.GuardrailWindow: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.GuardrailWindow();
                if (object.schedule != null)
                    if (typeof object.schedule !== "string" || object.schedule.length)
                        message.schedule = $String(object.schedule);
                if (object.duration != null)
                    if (typeof object.duration !== "string" || object.duration.length)
                        message.duration = $String(object.duration);
                if (object.timeZone != null)
                    if (typeof object.timeZone !== "string" || object.timeZone.length)
                        message.timeZone = $String(object.timeZone);
                return message;
            };

            /**
             * Creates a plain object from a GuardrailWindow message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.GuardrailWindow
             * @static
             * @param {accord.v1.GuardrailWindow} message GuardrailWindow
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GuardrailWindow.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.schedule = "";
                    object.duration = "";
                    object.timeZone = "";
                }
                if (message.schedule != null && $Object.hasOwnProperty.call(message, "schedule"))
                    object.schedule = message.schedule;
                if (message.duration != null && $Object.hasOwnProperty.call(message, "duration"))
                    object.duration = message.duration;
                if (message.timeZone != null && $Object.hasOwnProperty.call(message, "timeZone"))
                    object.timeZone = message.timeZone;
                return object;
            };

            /**
             * Converts this GuardrailWindow to JSON.
             * @function toJSON
             * @memberof accord.v1.GuardrailWindow
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GuardrailWindow.prototype.toJSON = function() {
                return GuardrailWindow.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for GuardrailWindow
             * @function getTypeUrl
             * @memberof accord.v1.GuardrailWindow
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GuardrailWindow.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.GuardrailWindow";
            };

            return GuardrailWindow;
        })();

        v1.GuardrailFreeze = (function() {

            /**
             * Properties of a GuardrailFreeze.
             * @typedef {Object} accord.v1.GuardrailFreeze.$Properties
             * @property {number|null} [untilMs] GuardrailFreeze untilMs
             * @property {string|null} [reason] GuardrailFreeze reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GuardrailFreeze.
             * @memberof accord.v1
             * @interface IGuardrailFreeze
             * @augments accord.v1.GuardrailFreeze.$Properties
             * @deprecated Use accord.v1.GuardrailFreeze.$Properties instead.
             */

            /**
             * Shape of a GuardrailFreeze.
             * @typedef {accord.v1.GuardrailFreeze.$Properties} accord.v1.GuardrailFreeze.$Shape
             */

            /**
             * Constructs a new GuardrailFreeze.
             * @memberof accord.v1
             * @classdesc Represents a GuardrailFreeze.
             * @constructor
             * @param {accord.v1.GuardrailFreeze.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GuardrailFreeze = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GuardrailFreeze untilMs.
             * @member {number} untilMs
             * @memberof accord.v1.GuardrailFreeze
             * @instance
             */
            GuardrailFreeze.prototype.untilMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * GuardrailFreeze reason.
             * @member {string} reason
             * @memberof accord.v1.GuardrailFreeze
             * @instance
             */
            GuardrailFreeze.prototype.reason = "";

            /**
             * Encodes the specified GuardrailFreeze message. Does not implicitly {@link accord.v1.GuardrailFreeze.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.GuardrailFreeze
             * @static
             * @param {accord.v1.GuardrailFreeze.$Properties} message GuardrailFreeze message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GuardrailFreeze.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs") && (typeof message.untilMs === "object" ? message.untilMs.low || message.untilMs.high : message.untilMs !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.untilMs);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GuardrailFreeze message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.GuardrailFreeze
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.GuardrailFreeze & accord.v1.GuardrailFreeze.$Shape} GuardrailFreeze
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GuardrailFreeze.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.GuardrailFreeze();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.untilMs = value;
                            else
                                delete message.untilMs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GuardrailFreeze message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.GuardrailFreeze
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.GuardrailFreeze} GuardrailFreeze
             */
            GuardrailFreeze.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.GuardrailFreeze)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.GuardrailFreeze: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.GuardrailFreeze();
                if (object.untilMs != null)
                    if (typeof object.untilMs === "object" ? object.untilMs.low || object.untilMs.high : $Number(object.untilMs) !== 0)
                        if ($util.Long)
                            message.untilMs = $util.Long.fromValue(object.untilMs, true);
                        else if (typeof object.untilMs === "string")
                            message.untilMs = $parseInt(object.untilMs, 10);
                        else if (typeof object.untilMs === "number")
                            message.untilMs = object.untilMs;
                        else if (typeof object.untilMs === "object")
                            message.untilMs = new $util.LongBits(object.untilMs.low >>> 0, object.untilMs.high >>> 0).toNumber(true);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from a GuardrailFreeze message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.GuardrailFreeze
             * @static
             * @param {accord.v1.GuardrailFreeze} message GuardrailFreeze
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GuardrailFreeze.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.untilMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.untilMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.reason = "";
                }
                if (message.untilMs != null && $Object.hasOwnProperty.call(message, "untilMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.untilMs = typeof message.untilMs === "number" ? $BigInt(message.untilMs) : $util.Long.fromBits(message.untilMs.low >>> 0, message.untilMs.high >>> 0, true).toBigInt();
                    else if (typeof message.untilMs === "number")
                        object.untilMs = options.longs === $String ? $String(message.untilMs) : message.untilMs;
                    else
                        object.untilMs = options.longs === $String ? $util.Long.prototype.toString.call(message.untilMs) : options.longs === $Number ? new $util.LongBits(message.untilMs.low >>> 0, message.untilMs.high >>> 0).toNumber(true) : message.untilMs;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this GuardrailFreeze to JSON.
             * @function toJSON
             * @memberof accord.v1.GuardrailFreeze
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GuardrailFreeze.prototype.toJSON = function() {
                return GuardrailFreeze.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for GuardrailFreeze
             * @function getTypeUrl
             * @memberof accord.v1.GuardrailFreeze
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GuardrailFreeze.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.GuardrailFreeze";
            };

            return GuardrailFreeze;
        })();

        v1.Capacity = (function() {

            /**
             * Properties of a Capacity.
             * @typedef {Object} accord.v1.Capacity.$Properties
             * @property {number|null} [nodes] Capacity nodes
             * @property {number|null} [nodesReady] Capacity nodesReady
             * @property {number|null} [cpu] Capacity cpu
             * @property {number|null} [memoryGi] Capacity memoryGi
             * @property {number|null} [pods] Capacity pods
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Capacity.
             * @memberof accord.v1
             * @interface ICapacity
             * @augments accord.v1.Capacity.$Properties
             * @deprecated Use accord.v1.Capacity.$Properties instead.
             */

            /**
             * Shape of a Capacity.
             * @typedef {accord.v1.Capacity.$Properties} accord.v1.Capacity.$Shape
             */

            /**
             * Constructs a new Capacity.
             * @memberof accord.v1
             * @classdesc Represents a Capacity.
             * @constructor
             * @param {accord.v1.Capacity.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Capacity = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Capacity nodes.
             * @member {number} nodes
             * @memberof accord.v1.Capacity
             * @instance
             */
            Capacity.prototype.nodes = 0;

            /**
             * Capacity nodesReady.
             * @member {number} nodesReady
             * @memberof accord.v1.Capacity
             * @instance
             */
            Capacity.prototype.nodesReady = 0;

            /**
             * Capacity cpu.
             * @member {number} cpu
             * @memberof accord.v1.Capacity
             * @instance
             */
            Capacity.prototype.cpu = 0;

            /**
             * Capacity memoryGi.
             * @member {number} memoryGi
             * @memberof accord.v1.Capacity
             * @instance
             */
            Capacity.prototype.memoryGi = 0;

            /**
             * Capacity pods.
             * @member {number} pods
             * @memberof accord.v1.Capacity
             * @instance
             */
            Capacity.prototype.pods = 0;

            /**
             * Encodes the specified Capacity message. Does not implicitly {@link accord.v1.Capacity.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Capacity
             * @static
             * @param {accord.v1.Capacity.$Properties} message Capacity message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Capacity.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes") && message.nodes !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.nodes);
                if (message.nodesReady != null && $Object.hasOwnProperty.call(message, "nodesReady") && message.nodesReady !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.nodesReady);
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu") && message.cpu !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.cpu);
                if (message.memoryGi != null && $Object.hasOwnProperty.call(message, "memoryGi") && message.memoryGi !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.memoryGi);
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods") && message.pods !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.pods);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Capacity message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Capacity
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Capacity & accord.v1.Capacity.$Shape} Capacity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Capacity.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Capacity();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nodes = value;
                            else
                                delete message.nodes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nodesReady = value;
                            else
                                delete message.nodesReady;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cpu = value;
                            else
                                delete message.cpu;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.memoryGi = value;
                            else
                                delete message.memoryGi;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pods = value;
                            else
                                delete message.pods;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Capacity message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Capacity
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Capacity} Capacity
             */
            Capacity.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Capacity)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Capacity: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Capacity();
                if (object.nodes != null)
                    if ($Number(object.nodes) !== 0)
                        message.nodes = object.nodes >>> 0;
                if (object.nodesReady != null)
                    if ($Number(object.nodesReady) !== 0)
                        message.nodesReady = object.nodesReady >>> 0;
                if (object.cpu != null)
                    if ($Number(object.cpu) !== 0)
                        message.cpu = object.cpu >>> 0;
                if (object.memoryGi != null)
                    if ($Number(object.memoryGi) !== 0)
                        message.memoryGi = object.memoryGi >>> 0;
                if (object.pods != null)
                    if ($Number(object.pods) !== 0)
                        message.pods = object.pods >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Capacity message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Capacity
             * @static
             * @param {accord.v1.Capacity} message Capacity
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Capacity.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.nodes = 0;
                    object.nodesReady = 0;
                    object.cpu = 0;
                    object.memoryGi = 0;
                    object.pods = 0;
                }
                if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes"))
                    object.nodes = message.nodes;
                if (message.nodesReady != null && $Object.hasOwnProperty.call(message, "nodesReady"))
                    object.nodesReady = message.nodesReady;
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
                    object.cpu = message.cpu;
                if (message.memoryGi != null && $Object.hasOwnProperty.call(message, "memoryGi"))
                    object.memoryGi = message.memoryGi;
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods"))
                    object.pods = message.pods;
                return object;
            };

            /**
             * Converts this Capacity to JSON.
             * @function toJSON
             * @memberof accord.v1.Capacity
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Capacity.prototype.toJSON = function() {
                return Capacity.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Capacity
             * @function getTypeUrl
             * @memberof accord.v1.Capacity
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Capacity.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Capacity";
            };

            return Capacity;
        })();

        v1.SealingKey = (function() {

            /**
             * Properties of a SealingKey.
             * @typedef {Object} accord.v1.SealingKey.$Properties
             * @property {string|null} [id] SealingKey id
             * @property {Uint8Array|null} [publicKey] SealingKey publicKey
             * @property {number|null} [createdAtMs] SealingKey createdAtMs
             * @property {Uint8Array|null} [attestation] SealingKey attestation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SealingKey.
             * @memberof accord.v1
             * @interface ISealingKey
             * @augments accord.v1.SealingKey.$Properties
             * @deprecated Use accord.v1.SealingKey.$Properties instead.
             */

            /**
             * Shape of a SealingKey.
             * @typedef {accord.v1.SealingKey.$Properties} accord.v1.SealingKey.$Shape
             */

            /**
             * Constructs a new SealingKey.
             * @memberof accord.v1
             * @classdesc Represents a SealingKey.
             * @constructor
             * @param {accord.v1.SealingKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SealingKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SealingKey id.
             * @member {string} id
             * @memberof accord.v1.SealingKey
             * @instance
             */
            SealingKey.prototype.id = "";

            /**
             * SealingKey publicKey.
             * @member {Uint8Array} publicKey
             * @memberof accord.v1.SealingKey
             * @instance
             */
            SealingKey.prototype.publicKey = $util.newBuffer([]);

            /**
             * SealingKey createdAtMs.
             * @member {number} createdAtMs
             * @memberof accord.v1.SealingKey
             * @instance
             */
            SealingKey.prototype.createdAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SealingKey attestation.
             * @member {Uint8Array} attestation
             * @memberof accord.v1.SealingKey
             * @instance
             */
            SealingKey.prototype.attestation = $util.newBuffer([]);

            /**
             * Encodes the specified SealingKey message. Does not implicitly {@link accord.v1.SealingKey.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.SealingKey
             * @static
             * @param {accord.v1.SealingKey.$Properties} message SealingKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SealingKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.publicKey);
                if (message.createdAtMs != null && $Object.hasOwnProperty.call(message, "createdAtMs") && (typeof message.createdAtMs === "object" ? message.createdAtMs.low || message.createdAtMs.high : message.createdAtMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.createdAtMs);
                if (message.attestation != null && $Object.hasOwnProperty.call(message, "attestation") && message.attestation.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.attestation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SealingKey message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.SealingKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.SealingKey & accord.v1.SealingKey.$Shape} SealingKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SealingKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.SealingKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAtMs = value;
                            else
                                delete message.createdAtMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.attestation = value;
                            else
                                delete message.attestation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a SealingKey message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.SealingKey
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.SealingKey} SealingKey
             */
            SealingKey.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.SealingKey)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.SealingKey: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.SealingKey();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.publicKey != null)
                    if (object.publicKey.length)
                        if (typeof object.publicKey === "string")
                            $util.base64.decode(object.publicKey, message.publicKey = $util.newBuffer($util.base64.length(object.publicKey)), 0);
                        else if (object.publicKey.length >= 0)
                            message.publicKey = object.publicKey;
                if (object.createdAtMs != null)
                    if (typeof object.createdAtMs === "object" ? object.createdAtMs.low || object.createdAtMs.high : $Number(object.createdAtMs) !== 0)
                        if ($util.Long)
                            message.createdAtMs = $util.Long.fromValue(object.createdAtMs, true);
                        else if (typeof object.createdAtMs === "string")
                            message.createdAtMs = $parseInt(object.createdAtMs, 10);
                        else if (typeof object.createdAtMs === "number")
                            message.createdAtMs = object.createdAtMs;
                        else if (typeof object.createdAtMs === "object")
                            message.createdAtMs = new $util.LongBits(object.createdAtMs.low >>> 0, object.createdAtMs.high >>> 0).toNumber(true);
                if (object.attestation != null)
                    if (object.attestation.length)
                        if (typeof object.attestation === "string")
                            $util.base64.decode(object.attestation, message.attestation = $util.newBuffer($util.base64.length(object.attestation)), 0);
                        else if (object.attestation.length >= 0)
                            message.attestation = object.attestation;
                return message;
            };

            /**
             * Creates a plain object from a SealingKey message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.SealingKey
             * @static
             * @param {accord.v1.SealingKey} message SealingKey
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            SealingKey.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    if (options.bytes === $String)
                        object.publicKey = "";
                    else {
                        object.publicKey = [];
                        if (options.bytes !== $Array)
                            object.publicKey = $util.newBuffer(object.publicKey);
                    }
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.createdAtMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.createdAtMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.attestation = "";
                    else {
                        object.attestation = [];
                        if (options.bytes !== $Array)
                            object.attestation = $util.newBuffer(object.attestation);
                    }
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    object.publicKey = options.bytes === $String ? $util.base64.encode(message.publicKey, 0, message.publicKey.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.publicKey) : message.publicKey;
                if (message.createdAtMs != null && $Object.hasOwnProperty.call(message, "createdAtMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.createdAtMs = typeof message.createdAtMs === "number" ? $BigInt(message.createdAtMs) : $util.Long.fromBits(message.createdAtMs.low >>> 0, message.createdAtMs.high >>> 0, true).toBigInt();
                    else if (typeof message.createdAtMs === "number")
                        object.createdAtMs = options.longs === $String ? $String(message.createdAtMs) : message.createdAtMs;
                    else
                        object.createdAtMs = options.longs === $String ? $util.Long.prototype.toString.call(message.createdAtMs) : options.longs === $Number ? new $util.LongBits(message.createdAtMs.low >>> 0, message.createdAtMs.high >>> 0).toNumber(true) : message.createdAtMs;
                if (message.attestation != null && $Object.hasOwnProperty.call(message, "attestation"))
                    object.attestation = options.bytes === $String ? $util.base64.encode(message.attestation, 0, message.attestation.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.attestation) : message.attestation;
                return object;
            };

            /**
             * Converts this SealingKey to JSON.
             * @function toJSON
             * @memberof accord.v1.SealingKey
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            SealingKey.prototype.toJSON = function() {
                return SealingKey.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for SealingKey
             * @function getTypeUrl
             * @memberof accord.v1.SealingKey
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SealingKey.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.SealingKey";
            };

            return SealingKey;
        })();

        v1.AnchorPosition = (function() {

            /**
             * Properties of an AnchorPosition.
             * @typedef {Object} accord.v1.AnchorPosition.$Properties
             * @property {string|null} [anchor] AnchorPosition anchor
             * @property {number|null} [epoch] AnchorPosition epoch
             * @property {number|null} [version] AnchorPosition version
             * @property {boolean|null} [live] AnchorPosition live
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AnchorPosition.
             * @memberof accord.v1
             * @interface IAnchorPosition
             * @augments accord.v1.AnchorPosition.$Properties
             * @deprecated Use accord.v1.AnchorPosition.$Properties instead.
             */

            /**
             * Shape of an AnchorPosition.
             * @typedef {accord.v1.AnchorPosition.$Properties} accord.v1.AnchorPosition.$Shape
             */

            /**
             * Constructs a new AnchorPosition.
             * @memberof accord.v1
             * @classdesc Represents an AnchorPosition.
             * @constructor
             * @param {accord.v1.AnchorPosition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AnchorPosition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AnchorPosition anchor.
             * @member {string} anchor
             * @memberof accord.v1.AnchorPosition
             * @instance
             */
            AnchorPosition.prototype.anchor = "";

            /**
             * AnchorPosition epoch.
             * @member {number} epoch
             * @memberof accord.v1.AnchorPosition
             * @instance
             */
            AnchorPosition.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AnchorPosition version.
             * @member {number} version
             * @memberof accord.v1.AnchorPosition
             * @instance
             */
            AnchorPosition.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AnchorPosition live.
             * @member {boolean} live
             * @memberof accord.v1.AnchorPosition
             * @instance
             */
            AnchorPosition.prototype.live = false;

            /**
             * Encodes the specified AnchorPosition message. Does not implicitly {@link accord.v1.AnchorPosition.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.AnchorPosition
             * @static
             * @param {accord.v1.AnchorPosition.$Properties} message AnchorPosition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AnchorPosition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor") && message.anchor !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.anchor);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.version);
                if (message.live != null && $Object.hasOwnProperty.call(message, "live") && message.live !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.live);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AnchorPosition message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.AnchorPosition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.AnchorPosition & accord.v1.AnchorPosition.$Shape} AnchorPosition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AnchorPosition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.AnchorPosition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.anchor = value;
                            else
                                delete message.anchor;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.live = value;
                            else
                                delete message.live;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AnchorPosition message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.AnchorPosition
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.AnchorPosition} AnchorPosition
             */
            AnchorPosition.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.AnchorPosition)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.AnchorPosition: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.AnchorPosition();
                if (object.anchor != null)
                    if (typeof object.anchor !== "string" || object.anchor.length)
                        message.anchor = $String(object.anchor);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.version != null)
                    if (typeof object.version === "object" ? object.version.low || object.version.high : $Number(object.version) !== 0)
                        if ($util.Long)
                            message.version = $util.Long.fromValue(object.version, true);
                        else if (typeof object.version === "string")
                            message.version = $parseInt(object.version, 10);
                        else if (typeof object.version === "number")
                            message.version = object.version;
                        else if (typeof object.version === "object")
                            message.version = new $util.LongBits(object.version.low >>> 0, object.version.high >>> 0).toNumber(true);
                if (object.live != null)
                    if (object.live)
                        message.live = $Boolean(object.live);
                return message;
            };

            /**
             * Creates a plain object from an AnchorPosition message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.AnchorPosition
             * @static
             * @param {accord.v1.AnchorPosition} message AnchorPosition
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AnchorPosition.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.anchor = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.version = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.version = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.live = false;
                }
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor"))
                    object.anchor = message.anchor;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.version = typeof message.version === "number" ? $BigInt(message.version) : $util.Long.fromBits(message.version.low >>> 0, message.version.high >>> 0, true).toBigInt();
                    else if (typeof message.version === "number")
                        object.version = options.longs === $String ? $String(message.version) : message.version;
                    else
                        object.version = options.longs === $String ? $util.Long.prototype.toString.call(message.version) : options.longs === $Number ? new $util.LongBits(message.version.low >>> 0, message.version.high >>> 0).toNumber(true) : message.version;
                if (message.live != null && $Object.hasOwnProperty.call(message, "live"))
                    object.live = message.live;
                return object;
            };

            /**
             * Converts this AnchorPosition to JSON.
             * @function toJSON
             * @memberof accord.v1.AnchorPosition
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AnchorPosition.prototype.toJSON = function() {
                return AnchorPosition.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for AnchorPosition
             * @function getTypeUrl
             * @memberof accord.v1.AnchorPosition
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AnchorPosition.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.AnchorPosition";
            };

            return AnchorPosition;
        })();

        v1.PolicyReport = (function() {

            /**
             * Properties of a PolicyReport.
             * @typedef {Object} accord.v1.PolicyReport.$Properties
             * @property {string|null} [policy] PolicyReport policy
             * @property {number|null} [epoch] PolicyReport epoch
             * @property {number|null} [revision] PolicyReport revision
             * @property {number|null} [step] PolicyReport step
             * @property {string|null} [state] PolicyReport state
             * @property {string|null} [reason] PolicyReport reason
             * @property {string|null} [message] PolicyReport message
             * @property {number|null} [desired] PolicyReport desired
             * @property {number|null} [applied] PolicyReport applied
             * @property {Array.<accord.v1.Problem.$Properties>|null} [problems] PolicyReport problems
             * @property {Array.<string>|null} [retained] PolicyReport retained
             * @property {number|null} [sinceMs] PolicyReport sinceMs
             * @property {number|null} [held] PolicyReport held
             * @property {number|null} [heals] PolicyReport heals
             * @property {boolean|null} [leaving] PolicyReport leaving
             * @property {accord.v1.HoldScope.$Properties|null} [hold] PolicyReport hold
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicyReport.
             * @memberof accord.v1
             * @interface IPolicyReport
             * @augments accord.v1.PolicyReport.$Properties
             * @deprecated Use accord.v1.PolicyReport.$Properties instead.
             */

            /**
             * Shape of a PolicyReport.
             * @typedef {accord.v1.PolicyReport.$Properties} accord.v1.PolicyReport.$Shape
             */

            /**
             * Constructs a new PolicyReport.
             * @memberof accord.v1
             * @classdesc Represents a PolicyReport.
             * @constructor
             * @param {accord.v1.PolicyReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicyReport = function (properties) {
                this.problems = [];
                this.retained = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicyReport policy.
             * @member {string} policy
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.policy = "";

            /**
             * PolicyReport epoch.
             * @member {number} epoch
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PolicyReport revision.
             * @member {number} revision
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PolicyReport step.
             * @member {number} step
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.step = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PolicyReport state.
             * @member {string} state
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.state = "";

            /**
             * PolicyReport reason.
             * @member {string} reason
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.reason = "";

            /**
             * PolicyReport message.
             * @member {string} message
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.message = "";

            /**
             * PolicyReport desired.
             * @member {number} desired
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.desired = 0;

            /**
             * PolicyReport applied.
             * @member {number} applied
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.applied = 0;

            /**
             * PolicyReport problems.
             * @member {Array.<accord.v1.Problem.$Properties>} problems
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.problems = $util.emptyArray;

            /**
             * PolicyReport retained.
             * @member {Array.<string>} retained
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.retained = $util.emptyArray;

            /**
             * PolicyReport sinceMs.
             * @member {number} sinceMs
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.sinceMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PolicyReport held.
             * @member {number} held
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.held = 0;

            /**
             * PolicyReport heals.
             * @member {number} heals
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.heals = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PolicyReport leaving.
             * @member {boolean} leaving
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.leaving = false;

            /**
             * PolicyReport hold.
             * @member {accord.v1.HoldScope.$Properties|null|undefined} hold
             * @memberof accord.v1.PolicyReport
             * @instance
             */
            PolicyReport.prototype.hold = null;

            /**
             * Encodes the specified PolicyReport message. Does not implicitly {@link accord.v1.PolicyReport.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.PolicyReport
             * @static
             * @param {accord.v1.PolicyReport.$Properties} message PolicyReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicyReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && (typeof message.step === "object" ? message.step.low || message.step.high : message.step !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.step);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.reason);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.message);
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired") && message.desired !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.desired);
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied") && message.applied !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.applied);
                if (message.problems != null && message.problems.length)
                    for (let i = 0; i < message.problems.length; ++i)
                        $root.accord.v1.Problem.encode(message.problems[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.retained != null && message.retained.length)
                    for (let i = 0; i < message.retained.length; ++i)
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.retained[i]);
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && (typeof message.sinceMs === "object" ? message.sinceMs.low || message.sinceMs.high : message.sinceMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.sinceMs);
                if (message.held != null && $Object.hasOwnProperty.call(message, "held") && message.held !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.held);
                if (message.heals != null && $Object.hasOwnProperty.call(message, "heals") && (typeof message.heals === "object" ? message.heals.low || message.heals.high : message.heals !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.heals);
                if (message.leaving != null && $Object.hasOwnProperty.call(message, "leaving") && message.leaving !== false)
                    writer.uint32(/* id 15, wireType 0 =*/120).bool(message.leaving);
                if (message.hold != null && $Object.hasOwnProperty.call(message, "hold"))
                    $root.accord.v1.HoldScope.encode(message.hold, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicyReport message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.PolicyReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.PolicyReport & accord.v1.PolicyReport.$Shape} PolicyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicyReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.PolicyReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.desired = value;
                            else
                                delete message.desired;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.applied = value;
                            else
                                delete message.applied;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.problems && message.problems.length))
                                message.problems = [];
                            message.problems.push($root.accord.v1.Problem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.retained && message.retained.length))
                                message.retained = [];
                            message.retained.push(reader.stringVerify());
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sinceMs = value;
                            else
                                delete message.sinceMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.held = value;
                            else
                                delete message.held;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.heals = value;
                            else
                                delete message.heals;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.leaving = value;
                            else
                                delete message.leaving;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.hold = $root.accord.v1.HoldScope.decode(reader, reader.size(), $undefined, _depth + 1, message.hold);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicyReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.PolicyReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.PolicyReport} PolicyReport
             */
            PolicyReport.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.PolicyReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.PolicyReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.PolicyReport();
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                if (object.step != null)
                    if (typeof object.step === "object" ? object.step.low || object.step.high : $Number(object.step) !== 0)
                        if ($util.Long)
                            message.step = $util.Long.fromValue(object.step, true);
                        else if (typeof object.step === "string")
                            message.step = $parseInt(object.step, 10);
                        else if (typeof object.step === "number")
                            message.step = object.step;
                        else if (typeof object.step === "object")
                            message.step = new $util.LongBits(object.step.low >>> 0, object.step.high >>> 0).toNumber(true);
                if (object.state != null)
                    if (typeof object.state !== "string" || object.state.length)
                        message.state = $String(object.state);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.desired != null)
                    if ($Number(object.desired) !== 0)
                        message.desired = object.desired >>> 0;
                if (object.applied != null)
                    if ($Number(object.applied) !== 0)
                        message.applied = object.applied >>> 0;
                if (object.problems) {
                    if (!$Array.isArray(object.problems))
                        throw $TypeError(".accord.v1.PolicyReport.problems: array expected");
                    message.problems = $Array(object.problems.length);
                    for (let i = 0; i < object.problems.length; ++i) {
                        if (!$util.isObject(object.problems[i]))
                            throw $TypeError(".accord.v1.PolicyReport.problems: object expected");
                        message.problems[i] = $root.accord.v1.Problem.fromObject(object.problems[i], _depth + 1);
                    }
                }
                if (object.retained) {
                    if (!$Array.isArray(object.retained))
                        throw $TypeError(".accord.v1.PolicyReport.retained: array expected");
                    message.retained = $Array(object.retained.length);
                    for (let i = 0; i < object.retained.length; ++i)
                        message.retained[i] = $String(object.retained[i]);
                }
                if (object.sinceMs != null)
                    if (typeof object.sinceMs === "object" ? object.sinceMs.low || object.sinceMs.high : $Number(object.sinceMs) !== 0)
                        if ($util.Long)
                            message.sinceMs = $util.Long.fromValue(object.sinceMs, true);
                        else if (typeof object.sinceMs === "string")
                            message.sinceMs = $parseInt(object.sinceMs, 10);
                        else if (typeof object.sinceMs === "number")
                            message.sinceMs = object.sinceMs;
                        else if (typeof object.sinceMs === "object")
                            message.sinceMs = new $util.LongBits(object.sinceMs.low >>> 0, object.sinceMs.high >>> 0).toNumber(true);
                if (object.held != null)
                    if ($Number(object.held) !== 0)
                        message.held = object.held >>> 0;
                if (object.heals != null)
                    if (typeof object.heals === "object" ? object.heals.low || object.heals.high : $Number(object.heals) !== 0)
                        if ($util.Long)
                            message.heals = $util.Long.fromValue(object.heals, true);
                        else if (typeof object.heals === "string")
                            message.heals = $parseInt(object.heals, 10);
                        else if (typeof object.heals === "number")
                            message.heals = object.heals;
                        else if (typeof object.heals === "object")
                            message.heals = new $util.LongBits(object.heals.low >>> 0, object.heals.high >>> 0).toNumber(true);
                if (object.leaving != null)
                    if (object.leaving)
                        message.leaving = $Boolean(object.leaving);
                if (object.hold != null) {
                    if (!$util.isObject(object.hold))
                        throw $TypeError(".accord.v1.PolicyReport.hold: object expected");
                    message.hold = $root.accord.v1.HoldScope.fromObject(object.hold, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a PolicyReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.PolicyReport
             * @static
             * @param {accord.v1.PolicyReport} message PolicyReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicyReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.problems = [];
                    object.retained = [];
                }
                if (options.defaults) {
                    object.policy = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.step = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.step = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.state = "";
                    object.reason = "";
                    object.message = "";
                    object.desired = 0;
                    object.applied = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.sinceMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.sinceMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.held = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.heals = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.heals = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.leaving = false;
                    object.hold = null;
                }
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.step = typeof message.step === "number" ? $BigInt(message.step) : $util.Long.fromBits(message.step.low >>> 0, message.step.high >>> 0, true).toBigInt();
                    else if (typeof message.step === "number")
                        object.step = options.longs === $String ? $String(message.step) : message.step;
                    else
                        object.step = options.longs === $String ? $util.Long.prototype.toString.call(message.step) : options.longs === $Number ? new $util.LongBits(message.step.low >>> 0, message.step.high >>> 0).toNumber(true) : message.step;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = message.state;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired"))
                    object.desired = message.desired;
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                    object.applied = message.applied;
                if (message.problems && message.problems.length) {
                    object.problems = $Array(message.problems.length);
                    for (let j = 0; j < message.problems.length; ++j)
                        object.problems[j] = $root.accord.v1.Problem.toObject(message.problems[j], options, _depth + 1);
                }
                if (message.retained && message.retained.length) {
                    object.retained = $Array(message.retained.length);
                    for (let j = 0; j < message.retained.length; ++j)
                        object.retained[j] = message.retained[j];
                }
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.sinceMs = typeof message.sinceMs === "number" ? $BigInt(message.sinceMs) : $util.Long.fromBits(message.sinceMs.low >>> 0, message.sinceMs.high >>> 0, true).toBigInt();
                    else if (typeof message.sinceMs === "number")
                        object.sinceMs = options.longs === $String ? $String(message.sinceMs) : message.sinceMs;
                    else
                        object.sinceMs = options.longs === $String ? $util.Long.prototype.toString.call(message.sinceMs) : options.longs === $Number ? new $util.LongBits(message.sinceMs.low >>> 0, message.sinceMs.high >>> 0).toNumber(true) : message.sinceMs;
                if (message.held != null && $Object.hasOwnProperty.call(message, "held"))
                    object.held = message.held;
                if (message.heals != null && $Object.hasOwnProperty.call(message, "heals"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.heals = typeof message.heals === "number" ? $BigInt(message.heals) : $util.Long.fromBits(message.heals.low >>> 0, message.heals.high >>> 0, true).toBigInt();
                    else if (typeof message.heals === "number")
                        object.heals = options.longs === $String ? $String(message.heals) : message.heals;
                    else
                        object.heals = options.longs === $String ? $util.Long.prototype.toString.call(message.heals) : options.longs === $Number ? new $util.LongBits(message.heals.low >>> 0, message.heals.high >>> 0).toNumber(true) : message.heals;
                if (message.leaving != null && $Object.hasOwnProperty.call(message, "leaving"))
                    object.leaving = message.leaving;
                if (message.hold != null && $Object.hasOwnProperty.call(message, "hold"))
                    object.hold = $root.accord.v1.HoldScope.toObject(message.hold, options, _depth + 1);
                return object;
            };

            /**
             * Converts this PolicyReport to JSON.
             * @function toJSON
             * @memberof accord.v1.PolicyReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicyReport.prototype.toJSON = function() {
                return PolicyReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for PolicyReport
             * @function getTypeUrl
             * @memberof accord.v1.PolicyReport
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PolicyReport.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.PolicyReport";
            };

            return PolicyReport;
        })();

        v1.HoldScope = (function() {

            /**
             * Properties of a HoldScope.
             * @typedef {Object} accord.v1.HoldScope.$Properties
             * @property {string|null} [policy] HoldScope policy
             * @property {string|null} [object] HoldScope object
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HoldScope.
             * @memberof accord.v1
             * @interface IHoldScope
             * @augments accord.v1.HoldScope.$Properties
             * @deprecated Use accord.v1.HoldScope.$Properties instead.
             */

            /**
             * Shape of a HoldScope.
             * @typedef {accord.v1.HoldScope.$Properties} accord.v1.HoldScope.$Shape
             */

            /**
             * Constructs a new HoldScope.
             * @memberof accord.v1
             * @classdesc Represents a HoldScope.
             * @constructor
             * @param {accord.v1.HoldScope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HoldScope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HoldScope policy.
             * @member {string} policy
             * @memberof accord.v1.HoldScope
             * @instance
             */
            HoldScope.prototype.policy = "";

            /**
             * HoldScope object.
             * @member {string} object
             * @memberof accord.v1.HoldScope
             * @instance
             */
            HoldScope.prototype.object = "";

            /**
             * Encodes the specified HoldScope message. Does not implicitly {@link accord.v1.HoldScope.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HoldScope
             * @static
             * @param {accord.v1.HoldScope.$Properties} message HoldScope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HoldScope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.object);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HoldScope message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HoldScope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HoldScope & accord.v1.HoldScope.$Shape} HoldScope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HoldScope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HoldScope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HoldScope message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HoldScope
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HoldScope} HoldScope
             */
            HoldScope.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HoldScope)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HoldScope: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HoldScope();
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                if (object.object != null)
                    if (typeof object.object !== "string" || object.object.length)
                        message.object = $String(object.object);
                return message;
            };

            /**
             * Creates a plain object from a HoldScope message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HoldScope
             * @static
             * @param {accord.v1.HoldScope} message HoldScope
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HoldScope.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.policy = "";
                    object.object = "";
                }
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    object.object = message.object;
                return object;
            };

            /**
             * Converts this HoldScope to JSON.
             * @function toJSON
             * @memberof accord.v1.HoldScope
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HoldScope.prototype.toJSON = function() {
                return HoldScope.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HoldScope
             * @function getTypeUrl
             * @memberof accord.v1.HoldScope
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HoldScope.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HoldScope";
            };

            return HoldScope;
        })();

        v1.Problem = (function() {

            /**
             * Properties of a Problem.
             * @typedef {Object} accord.v1.Problem.$Properties
             * @property {string|null} [object] Problem object
             * @property {string|null} [state] Problem state
             * @property {string|null} [reason] Problem reason
             * @property {string|null} [message] Problem message
             * @property {accord.v1.Drift.$Properties|null} [drift] Problem drift
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Problem.
             * @memberof accord.v1
             * @interface IProblem
             * @augments accord.v1.Problem.$Properties
             * @deprecated Use accord.v1.Problem.$Properties instead.
             */

            /**
             * Shape of a Problem.
             * @typedef {accord.v1.Problem.$Properties} accord.v1.Problem.$Shape
             */

            /**
             * Constructs a new Problem.
             * @memberof accord.v1
             * @classdesc Represents a Problem.
             * @constructor
             * @param {accord.v1.Problem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Problem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Problem object.
             * @member {string} object
             * @memberof accord.v1.Problem
             * @instance
             */
            Problem.prototype.object = "";

            /**
             * Problem state.
             * @member {string} state
             * @memberof accord.v1.Problem
             * @instance
             */
            Problem.prototype.state = "";

            /**
             * Problem reason.
             * @member {string} reason
             * @memberof accord.v1.Problem
             * @instance
             */
            Problem.prototype.reason = "";

            /**
             * Problem message.
             * @member {string} message
             * @memberof accord.v1.Problem
             * @instance
             */
            Problem.prototype.message = "";

            /**
             * Problem drift.
             * @member {accord.v1.Drift.$Properties|null|undefined} drift
             * @memberof accord.v1.Problem
             * @instance
             */
            Problem.prototype.drift = null;

            /**
             * Encodes the specified Problem message. Does not implicitly {@link accord.v1.Problem.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Problem
             * @static
             * @param {accord.v1.Problem.$Properties} message Problem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Problem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.object);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.message);
                if (message.drift != null && $Object.hasOwnProperty.call(message, "drift"))
                    $root.accord.v1.Drift.encode(message.drift, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Problem message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Problem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Problem & accord.v1.Problem.$Shape} Problem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Problem.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Problem();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.drift = $root.accord.v1.Drift.decode(reader, reader.size(), $undefined, _depth + 1, message.drift);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Problem message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Problem
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Problem} Problem
             */
            Problem.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Problem)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Problem: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Problem();
                if (object.object != null)
                    if (typeof object.object !== "string" || object.object.length)
                        message.object = $String(object.object);
                if (object.state != null)
                    if (typeof object.state !== "string" || object.state.length)
                        message.state = $String(object.state);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.drift != null) {
                    if (!$util.isObject(object.drift))
                        throw $TypeError(".accord.v1.Problem.drift: object expected");
                    message.drift = $root.accord.v1.Drift.fromObject(object.drift, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Problem message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Problem
             * @static
             * @param {accord.v1.Problem} message Problem
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Problem.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.object = "";
                    object.state = "";
                    object.reason = "";
                    object.message = "";
                    object.drift = null;
                }
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    object.object = message.object;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = message.state;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.drift != null && $Object.hasOwnProperty.call(message, "drift"))
                    object.drift = $root.accord.v1.Drift.toObject(message.drift, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Problem to JSON.
             * @function toJSON
             * @memberof accord.v1.Problem
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Problem.prototype.toJSON = function() {
                return Problem.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Problem
             * @function getTypeUrl
             * @memberof accord.v1.Problem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Problem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Problem";
            };

            return Problem;
        })();

        v1.Drift = (function() {

            /**
             * Properties of a Drift.
             * @typedef {Object} accord.v1.Drift.$Properties
             * @property {string|null} [manager] Drift manager
             * @property {string|null} [operation] Drift operation
             * @property {number|null} [writtenMs] Drift writtenMs
             * @property {Array.<string>|null} [fields] Drift fields
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Drift.
             * @memberof accord.v1
             * @interface IDrift
             * @augments accord.v1.Drift.$Properties
             * @deprecated Use accord.v1.Drift.$Properties instead.
             */

            /**
             * Shape of a Drift.
             * @typedef {accord.v1.Drift.$Properties} accord.v1.Drift.$Shape
             */

            /**
             * Constructs a new Drift.
             * @memberof accord.v1
             * @classdesc Represents a Drift.
             * @constructor
             * @param {accord.v1.Drift.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Drift = function (properties) {
                this.fields = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Drift manager.
             * @member {string} manager
             * @memberof accord.v1.Drift
             * @instance
             */
            Drift.prototype.manager = "";

            /**
             * Drift operation.
             * @member {string} operation
             * @memberof accord.v1.Drift
             * @instance
             */
            Drift.prototype.operation = "";

            /**
             * Drift writtenMs.
             * @member {number} writtenMs
             * @memberof accord.v1.Drift
             * @instance
             */
            Drift.prototype.writtenMs = 0;

            /**
             * Drift fields.
             * @member {Array.<string>} fields
             * @memberof accord.v1.Drift
             * @instance
             */
            Drift.prototype.fields = $util.emptyArray;

            /**
             * Encodes the specified Drift message. Does not implicitly {@link accord.v1.Drift.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Drift
             * @static
             * @param {accord.v1.Drift.$Properties} message Drift message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Drift.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.manager != null && $Object.hasOwnProperty.call(message, "manager") && message.manager !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.manager);
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.operation);
                if (message.writtenMs != null && $Object.hasOwnProperty.call(message, "writtenMs") && !$Object.is(message.writtenMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.writtenMs);
                if (message.fields != null && message.fields.length)
                    for (let i = 0; i < message.fields.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.fields[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Drift message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Drift
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Drift & accord.v1.Drift.$Shape} Drift
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Drift.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Drift();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.manager = value;
                            else
                                delete message.manager;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.operation = value;
                            else
                                delete message.operation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.writtenMs = value;
                            else
                                delete message.writtenMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.fields && message.fields.length))
                                message.fields = [];
                            message.fields.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Drift message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Drift
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Drift} Drift
             */
            Drift.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Drift)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Drift: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Drift();
                if (object.manager != null)
                    if (typeof object.manager !== "string" || object.manager.length)
                        message.manager = $String(object.manager);
                if (object.operation != null)
                    if (typeof object.operation !== "string" || object.operation.length)
                        message.operation = $String(object.operation);
                if (object.writtenMs != null)
                    if (!$Object.is($Number(object.writtenMs), 0))
                        message.writtenMs = $Number(object.writtenMs);
                if (object.fields) {
                    if (!$Array.isArray(object.fields))
                        throw $TypeError(".accord.v1.Drift.fields: array expected");
                    message.fields = $Array(object.fields.length);
                    for (let i = 0; i < object.fields.length; ++i)
                        message.fields[i] = $String(object.fields[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a Drift message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Drift
             * @static
             * @param {accord.v1.Drift} message Drift
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Drift.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.fields = [];
                if (options.defaults) {
                    object.manager = "";
                    object.operation = "";
                    object.writtenMs = 0;
                }
                if (message.manager != null && $Object.hasOwnProperty.call(message, "manager"))
                    object.manager = message.manager;
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation"))
                    object.operation = message.operation;
                if (message.writtenMs != null && $Object.hasOwnProperty.call(message, "writtenMs"))
                    object.writtenMs = options.json && !$isFinite(message.writtenMs) ? $String(message.writtenMs) : message.writtenMs;
                if (message.fields && message.fields.length) {
                    object.fields = $Array(message.fields.length);
                    for (let j = 0; j < message.fields.length; ++j)
                        object.fields[j] = message.fields[j];
                }
                return object;
            };

            /**
             * Converts this Drift to JSON.
             * @function toJSON
             * @memberof accord.v1.Drift
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Drift.prototype.toJSON = function() {
                return Drift.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Drift
             * @function getTypeUrl
             * @memberof accord.v1.Drift
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Drift.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Drift";
            };

            return Drift;
        })();

        v1.Outcome = (function() {

            /**
             * Properties of an Outcome.
             * @typedef {Object} accord.v1.Outcome.$Properties
             * @property {Array.<accord.v1.PolicyOutcome.$Properties>|null} [policies] Outcome policies
             * @property {Array.<accord.v1.Heal.$Properties>|null} [heals] Outcome heals
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Outcome.
             * @memberof accord.v1
             * @interface IOutcome
             * @augments accord.v1.Outcome.$Properties
             * @deprecated Use accord.v1.Outcome.$Properties instead.
             */

            /**
             * Shape of an Outcome.
             * @typedef {accord.v1.Outcome.$Properties} accord.v1.Outcome.$Shape
             */

            /**
             * Constructs a new Outcome.
             * @memberof accord.v1
             * @classdesc Represents an Outcome.
             * @constructor
             * @param {accord.v1.Outcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Outcome = function (properties) {
                this.policies = [];
                this.heals = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Outcome policies.
             * @member {Array.<accord.v1.PolicyOutcome.$Properties>} policies
             * @memberof accord.v1.Outcome
             * @instance
             */
            Outcome.prototype.policies = $util.emptyArray;

            /**
             * Outcome heals.
             * @member {Array.<accord.v1.Heal.$Properties>} heals
             * @memberof accord.v1.Outcome
             * @instance
             */
            Outcome.prototype.heals = $util.emptyArray;

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link accord.v1.Outcome.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Outcome
             * @static
             * @param {accord.v1.Outcome.$Properties} message Outcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Outcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policies != null && message.policies.length)
                    for (let i = 0; i < message.policies.length; ++i)
                        $root.accord.v1.PolicyOutcome.encode(message.policies[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.heals != null && message.heals.length)
                    for (let i = 0; i < message.heals.length; ++i)
                        $root.accord.v1.Heal.encode(message.heals[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Outcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Outcome & accord.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Outcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Outcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.policies && message.policies.length))
                                message.policies = [];
                            message.policies.push($root.accord.v1.PolicyOutcome.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.heals && message.heals.length))
                                message.heals = [];
                            message.heals.push($root.accord.v1.Heal.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Outcome message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Outcome
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Outcome} Outcome
             */
            Outcome.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Outcome)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Outcome: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Outcome();
                if (object.policies) {
                    if (!$Array.isArray(object.policies))
                        throw $TypeError(".accord.v1.Outcome.policies: array expected");
                    message.policies = $Array(object.policies.length);
                    for (let i = 0; i < object.policies.length; ++i) {
                        if (!$util.isObject(object.policies[i]))
                            throw $TypeError(".accord.v1.Outcome.policies: object expected");
                        message.policies[i] = $root.accord.v1.PolicyOutcome.fromObject(object.policies[i], _depth + 1);
                    }
                }
                if (object.heals) {
                    if (!$Array.isArray(object.heals))
                        throw $TypeError(".accord.v1.Outcome.heals: array expected");
                    message.heals = $Array(object.heals.length);
                    for (let i = 0; i < object.heals.length; ++i) {
                        if (!$util.isObject(object.heals[i]))
                            throw $TypeError(".accord.v1.Outcome.heals: object expected");
                        message.heals[i] = $root.accord.v1.Heal.fromObject(object.heals[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from an Outcome message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Outcome
             * @static
             * @param {accord.v1.Outcome} message Outcome
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Outcome.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.policies = [];
                    object.heals = [];
                }
                if (message.policies && message.policies.length) {
                    object.policies = $Array(message.policies.length);
                    for (let j = 0; j < message.policies.length; ++j)
                        object.policies[j] = $root.accord.v1.PolicyOutcome.toObject(message.policies[j], options, _depth + 1);
                }
                if (message.heals && message.heals.length) {
                    object.heals = $Array(message.heals.length);
                    for (let j = 0; j < message.heals.length; ++j)
                        object.heals[j] = $root.accord.v1.Heal.toObject(message.heals[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Outcome to JSON.
             * @function toJSON
             * @memberof accord.v1.Outcome
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Outcome.prototype.toJSON = function() {
                return Outcome.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Outcome
             * @function getTypeUrl
             * @memberof accord.v1.Outcome
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Outcome.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Outcome";
            };

            return Outcome;
        })();

        v1.PolicyOutcome = (function() {

            /**
             * Properties of a PolicyOutcome.
             * @typedef {Object} accord.v1.PolicyOutcome.$Properties
             * @property {accord.v1.PolicyReport.$Properties|null} [report] PolicyOutcome report
             * @property {accord.v1.Change.$Properties|null} [change] PolicyOutcome change
             * @property {accord.v1.Stamps.$Properties|null} [stamps] PolicyOutcome stamps
             * @property {number|null} [created] PolicyOutcome created
             * @property {number|null} [changed] PolicyOutcome changed
             * @property {number|null} [removed] PolicyOutcome removed
             * @property {Array.<accord.v1.StageTimes.$Properties>|null} [stages] PolicyOutcome stages
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicyOutcome.
             * @memberof accord.v1
             * @interface IPolicyOutcome
             * @augments accord.v1.PolicyOutcome.$Properties
             * @deprecated Use accord.v1.PolicyOutcome.$Properties instead.
             */

            /**
             * Shape of a PolicyOutcome.
             * @typedef {accord.v1.PolicyOutcome.$Properties} accord.v1.PolicyOutcome.$Shape
             */

            /**
             * Constructs a new PolicyOutcome.
             * @memberof accord.v1
             * @classdesc Represents a PolicyOutcome.
             * @constructor
             * @param {accord.v1.PolicyOutcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicyOutcome = function (properties) {
                this.stages = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicyOutcome report.
             * @member {accord.v1.PolicyReport.$Properties|null|undefined} report
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.report = null;

            /**
             * PolicyOutcome change.
             * @member {accord.v1.Change.$Properties|null|undefined} change
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.change = null;

            /**
             * PolicyOutcome stamps.
             * @member {accord.v1.Stamps.$Properties|null|undefined} stamps
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.stamps = null;

            /**
             * PolicyOutcome created.
             * @member {number} created
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.created = 0;

            /**
             * PolicyOutcome changed.
             * @member {number} changed
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.changed = 0;

            /**
             * PolicyOutcome removed.
             * @member {number} removed
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.removed = 0;

            /**
             * PolicyOutcome stages.
             * @member {Array.<accord.v1.StageTimes.$Properties>} stages
             * @memberof accord.v1.PolicyOutcome
             * @instance
             */
            PolicyOutcome.prototype.stages = $util.emptyArray;

            /**
             * Encodes the specified PolicyOutcome message. Does not implicitly {@link accord.v1.PolicyOutcome.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.PolicyOutcome
             * @static
             * @param {accord.v1.PolicyOutcome.$Properties} message PolicyOutcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicyOutcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.report != null && $Object.hasOwnProperty.call(message, "report"))
                    $root.accord.v1.PolicyReport.encode(message.report, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    $root.accord.v1.Change.encode(message.change, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.stamps != null && $Object.hasOwnProperty.call(message, "stamps"))
                    $root.accord.v1.Stamps.encode(message.stamps, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.created != null && $Object.hasOwnProperty.call(message, "created") && message.created !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.created);
                if (message.changed != null && $Object.hasOwnProperty.call(message, "changed") && message.changed !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.changed);
                if (message.removed != null && $Object.hasOwnProperty.call(message, "removed") && message.removed !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.removed);
                if (message.stages != null && message.stages.length)
                    for (let i = 0; i < message.stages.length; ++i)
                        $root.accord.v1.StageTimes.encode(message.stages[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicyOutcome message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.PolicyOutcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.PolicyOutcome & accord.v1.PolicyOutcome.$Shape} PolicyOutcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicyOutcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.PolicyOutcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.report = $root.accord.v1.PolicyReport.decode(reader, reader.size(), $undefined, _depth + 1, message.report);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.change = $root.accord.v1.Change.decode(reader, reader.size(), $undefined, _depth + 1, message.change);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.stamps = $root.accord.v1.Stamps.decode(reader, reader.size(), $undefined, _depth + 1, message.stamps);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.created = value;
                            else
                                delete message.created;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.changed = value;
                            else
                                delete message.changed;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.removed = value;
                            else
                                delete message.removed;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.stages && message.stages.length))
                                message.stages = [];
                            message.stages.push($root.accord.v1.StageTimes.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicyOutcome message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.PolicyOutcome
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.PolicyOutcome} PolicyOutcome
             */
            PolicyOutcome.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.PolicyOutcome)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.PolicyOutcome: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.PolicyOutcome();
                if (object.report != null) {
                    if (!$util.isObject(object.report))
                        throw $TypeError(".accord.v1.PolicyOutcome.report: object expected");
                    message.report = $root.accord.v1.PolicyReport.fromObject(object.report, _depth + 1);
                }
                if (object.change != null) {
                    if (!$util.isObject(object.change))
                        throw $TypeError(".accord.v1.PolicyOutcome.change: object expected");
                    message.change = $root.accord.v1.Change.fromObject(object.change, _depth + 1);
                }
                if (object.stamps != null) {
                    if (!$util.isObject(object.stamps))
                        throw $TypeError(".accord.v1.PolicyOutcome.stamps: object expected");
                    message.stamps = $root.accord.v1.Stamps.fromObject(object.stamps, _depth + 1);
                }
                if (object.created != null)
                    if ($Number(object.created) !== 0)
                        message.created = object.created >>> 0;
                if (object.changed != null)
                    if ($Number(object.changed) !== 0)
                        message.changed = object.changed >>> 0;
                if (object.removed != null)
                    if ($Number(object.removed) !== 0)
                        message.removed = object.removed >>> 0;
                if (object.stages) {
                    if (!$Array.isArray(object.stages))
                        throw $TypeError(".accord.v1.PolicyOutcome.stages: array expected");
                    message.stages = $Array(object.stages.length);
                    for (let i = 0; i < object.stages.length; ++i) {
                        if (!$util.isObject(object.stages[i]))
                            throw $TypeError(".accord.v1.PolicyOutcome.stages: object expected");
                        message.stages[i] = $root.accord.v1.StageTimes.fromObject(object.stages[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a PolicyOutcome message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.PolicyOutcome
             * @static
             * @param {accord.v1.PolicyOutcome} message PolicyOutcome
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicyOutcome.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.stages = [];
                if (options.defaults) {
                    object.report = null;
                    object.change = null;
                    object.stamps = null;
                    object.created = 0;
                    object.changed = 0;
                    object.removed = 0;
                }
                if (message.report != null && $Object.hasOwnProperty.call(message, "report"))
                    object.report = $root.accord.v1.PolicyReport.toObject(message.report, options, _depth + 1);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = $root.accord.v1.Change.toObject(message.change, options, _depth + 1);
                if (message.stamps != null && $Object.hasOwnProperty.call(message, "stamps"))
                    object.stamps = $root.accord.v1.Stamps.toObject(message.stamps, options, _depth + 1);
                if (message.created != null && $Object.hasOwnProperty.call(message, "created"))
                    object.created = message.created;
                if (message.changed != null && $Object.hasOwnProperty.call(message, "changed"))
                    object.changed = message.changed;
                if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                    object.removed = message.removed;
                if (message.stages && message.stages.length) {
                    object.stages = $Array(message.stages.length);
                    for (let j = 0; j < message.stages.length; ++j)
                        object.stages[j] = $root.accord.v1.StageTimes.toObject(message.stages[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this PolicyOutcome to JSON.
             * @function toJSON
             * @memberof accord.v1.PolicyOutcome
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicyOutcome.prototype.toJSON = function() {
                return PolicyOutcome.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for PolicyOutcome
             * @function getTypeUrl
             * @memberof accord.v1.PolicyOutcome
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PolicyOutcome.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.PolicyOutcome";
            };

            return PolicyOutcome;
        })();

        v1.StageTimes = (function() {

            /**
             * Properties of a StageTimes.
             * @typedef {Object} accord.v1.StageTimes.$Properties
             * @property {number|null} [stage] StageTimes stage
             * @property {number|null} [startMs] StageTimes startMs
             * @property {number|null} [endMs] StageTimes endMs
             * @property {number|null} [writes] StageTimes writes
             * @property {accord.v1.SlowestWrite.$Properties|null} [slowest] StageTimes slowest
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StageTimes.
             * @memberof accord.v1
             * @interface IStageTimes
             * @augments accord.v1.StageTimes.$Properties
             * @deprecated Use accord.v1.StageTimes.$Properties instead.
             */

            /**
             * Shape of a StageTimes.
             * @typedef {accord.v1.StageTimes.$Properties} accord.v1.StageTimes.$Shape
             */

            /**
             * Constructs a new StageTimes.
             * @memberof accord.v1
             * @classdesc Represents a StageTimes.
             * @constructor
             * @param {accord.v1.StageTimes.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StageTimes = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StageTimes stage.
             * @member {number} stage
             * @memberof accord.v1.StageTimes
             * @instance
             */
            StageTimes.prototype.stage = 0;

            /**
             * StageTimes startMs.
             * @member {number} startMs
             * @memberof accord.v1.StageTimes
             * @instance
             */
            StageTimes.prototype.startMs = 0;

            /**
             * StageTimes endMs.
             * @member {number} endMs
             * @memberof accord.v1.StageTimes
             * @instance
             */
            StageTimes.prototype.endMs = 0;

            /**
             * StageTimes writes.
             * @member {number} writes
             * @memberof accord.v1.StageTimes
             * @instance
             */
            StageTimes.prototype.writes = 0;

            /**
             * StageTimes slowest.
             * @member {accord.v1.SlowestWrite.$Properties|null|undefined} slowest
             * @memberof accord.v1.StageTimes
             * @instance
             */
            StageTimes.prototype.slowest = null;

            /**
             * Encodes the specified StageTimes message. Does not implicitly {@link accord.v1.StageTimes.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.StageTimes
             * @static
             * @param {accord.v1.StageTimes.$Properties} message StageTimes message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StageTimes.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.stage);
                if (message.startMs != null && $Object.hasOwnProperty.call(message, "startMs") && !$Object.is(message.startMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.startMs);
                if (message.endMs != null && $Object.hasOwnProperty.call(message, "endMs") && !$Object.is(message.endMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.endMs);
                if (message.writes != null && $Object.hasOwnProperty.call(message, "writes") && message.writes !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.writes);
                if (message.slowest != null && $Object.hasOwnProperty.call(message, "slowest"))
                    $root.accord.v1.SlowestWrite.encode(message.slowest, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StageTimes message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.StageTimes
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.StageTimes & accord.v1.StageTimes.$Shape} StageTimes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StageTimes.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.StageTimes();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.stage = value;
                            else
                                delete message.stage;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.startMs = value;
                            else
                                delete message.startMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.endMs = value;
                            else
                                delete message.endMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.writes = value;
                            else
                                delete message.writes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.slowest = $root.accord.v1.SlowestWrite.decode(reader, reader.size(), $undefined, _depth + 1, message.slowest);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a StageTimes message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.StageTimes
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.StageTimes} StageTimes
             */
            StageTimes.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.StageTimes)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.StageTimes: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.StageTimes();
                if (object.stage != null)
                    if ($Number(object.stage) !== 0)
                        message.stage = object.stage >>> 0;
                if (object.startMs != null)
                    if (!$Object.is($Number(object.startMs), 0))
                        message.startMs = $Number(object.startMs);
                if (object.endMs != null)
                    if (!$Object.is($Number(object.endMs), 0))
                        message.endMs = $Number(object.endMs);
                if (object.writes != null)
                    if ($Number(object.writes) !== 0)
                        message.writes = object.writes >>> 0;
                if (object.slowest != null) {
                    if (!$util.isObject(object.slowest))
                        throw $TypeError(".accord.v1.StageTimes.slowest: object expected");
                    message.slowest = $root.accord.v1.SlowestWrite.fromObject(object.slowest, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a StageTimes message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.StageTimes
             * @static
             * @param {accord.v1.StageTimes} message StageTimes
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StageTimes.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.stage = 0;
                    object.startMs = 0;
                    object.endMs = 0;
                    object.writes = 0;
                    object.slowest = null;
                }
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage"))
                    object.stage = message.stage;
                if (message.startMs != null && $Object.hasOwnProperty.call(message, "startMs"))
                    object.startMs = options.json && !$isFinite(message.startMs) ? $String(message.startMs) : message.startMs;
                if (message.endMs != null && $Object.hasOwnProperty.call(message, "endMs"))
                    object.endMs = options.json && !$isFinite(message.endMs) ? $String(message.endMs) : message.endMs;
                if (message.writes != null && $Object.hasOwnProperty.call(message, "writes"))
                    object.writes = message.writes;
                if (message.slowest != null && $Object.hasOwnProperty.call(message, "slowest"))
                    object.slowest = $root.accord.v1.SlowestWrite.toObject(message.slowest, options, _depth + 1);
                return object;
            };

            /**
             * Converts this StageTimes to JSON.
             * @function toJSON
             * @memberof accord.v1.StageTimes
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StageTimes.prototype.toJSON = function() {
                return StageTimes.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for StageTimes
             * @function getTypeUrl
             * @memberof accord.v1.StageTimes
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            StageTimes.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.StageTimes";
            };

            return StageTimes;
        })();

        v1.SlowestWrite = (function() {

            /**
             * Properties of a SlowestWrite.
             * @typedef {Object} accord.v1.SlowestWrite.$Properties
             * @property {string|null} [object] SlowestWrite object
             * @property {string|null} [method] SlowestWrite method
             * @property {number|null} [startMs] SlowestWrite startMs
             * @property {number|null} [ms] SlowestWrite ms
             * @property {string|null} [result] SlowestWrite result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SlowestWrite.
             * @memberof accord.v1
             * @interface ISlowestWrite
             * @augments accord.v1.SlowestWrite.$Properties
             * @deprecated Use accord.v1.SlowestWrite.$Properties instead.
             */

            /**
             * Shape of a SlowestWrite.
             * @typedef {accord.v1.SlowestWrite.$Properties} accord.v1.SlowestWrite.$Shape
             */

            /**
             * Constructs a new SlowestWrite.
             * @memberof accord.v1
             * @classdesc Represents a SlowestWrite.
             * @constructor
             * @param {accord.v1.SlowestWrite.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SlowestWrite = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SlowestWrite object.
             * @member {string} object
             * @memberof accord.v1.SlowestWrite
             * @instance
             */
            SlowestWrite.prototype.object = "";

            /**
             * SlowestWrite method.
             * @member {string} method
             * @memberof accord.v1.SlowestWrite
             * @instance
             */
            SlowestWrite.prototype.method = "";

            /**
             * SlowestWrite startMs.
             * @member {number} startMs
             * @memberof accord.v1.SlowestWrite
             * @instance
             */
            SlowestWrite.prototype.startMs = 0;

            /**
             * SlowestWrite ms.
             * @member {number} ms
             * @memberof accord.v1.SlowestWrite
             * @instance
             */
            SlowestWrite.prototype.ms = 0;

            /**
             * SlowestWrite result.
             * @member {string} result
             * @memberof accord.v1.SlowestWrite
             * @instance
             */
            SlowestWrite.prototype.result = "";

            /**
             * Encodes the specified SlowestWrite message. Does not implicitly {@link accord.v1.SlowestWrite.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.SlowestWrite
             * @static
             * @param {accord.v1.SlowestWrite.$Properties} message SlowestWrite message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SlowestWrite.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.object);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.method);
                if (message.startMs != null && $Object.hasOwnProperty.call(message, "startMs") && !$Object.is(message.startMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.startMs);
                if (message.ms != null && $Object.hasOwnProperty.call(message, "ms") && !$Object.is(message.ms, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.ms);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.result);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SlowestWrite message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.SlowestWrite
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.SlowestWrite & accord.v1.SlowestWrite.$Shape} SlowestWrite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SlowestWrite.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.SlowestWrite();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.startMs = value;
                            else
                                delete message.startMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ms = value;
                            else
                                delete message.ms;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a SlowestWrite message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.SlowestWrite
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.SlowestWrite} SlowestWrite
             */
            SlowestWrite.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.SlowestWrite)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.SlowestWrite: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.SlowestWrite();
                if (object.object != null)
                    if (typeof object.object !== "string" || object.object.length)
                        message.object = $String(object.object);
                if (object.method != null)
                    if (typeof object.method !== "string" || object.method.length)
                        message.method = $String(object.method);
                if (object.startMs != null)
                    if (!$Object.is($Number(object.startMs), 0))
                        message.startMs = $Number(object.startMs);
                if (object.ms != null)
                    if (!$Object.is($Number(object.ms), 0))
                        message.ms = $Number(object.ms);
                if (object.result != null)
                    if (typeof object.result !== "string" || object.result.length)
                        message.result = $String(object.result);
                return message;
            };

            /**
             * Creates a plain object from a SlowestWrite message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.SlowestWrite
             * @static
             * @param {accord.v1.SlowestWrite} message SlowestWrite
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            SlowestWrite.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.object = "";
                    object.method = "";
                    object.startMs = 0;
                    object.ms = 0;
                    object.result = "";
                }
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    object.object = message.object;
                if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                    object.method = message.method;
                if (message.startMs != null && $Object.hasOwnProperty.call(message, "startMs"))
                    object.startMs = options.json && !$isFinite(message.startMs) ? $String(message.startMs) : message.startMs;
                if (message.ms != null && $Object.hasOwnProperty.call(message, "ms"))
                    object.ms = options.json && !$isFinite(message.ms) ? $String(message.ms) : message.ms;
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    object.result = message.result;
                return object;
            };

            /**
             * Converts this SlowestWrite to JSON.
             * @function toJSON
             * @memberof accord.v1.SlowestWrite
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            SlowestWrite.prototype.toJSON = function() {
                return SlowestWrite.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for SlowestWrite
             * @function getTypeUrl
             * @memberof accord.v1.SlowestWrite
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SlowestWrite.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.SlowestWrite";
            };

            return SlowestWrite;
        })();

        v1.Stamps = (function() {

            /**
             * Properties of a Stamps.
             * @typedef {Object} accord.v1.Stamps.$Properties
             * @property {number|null} [acceptedMs] Stamps acceptedMs
             * @property {number|null} [publishedMs] Stamps publishedMs
             * @property {number|null} [receivedMs] Stamps receivedMs
             * @property {number|null} [verifiedMs] Stamps verifiedMs
             * @property {number|null} [compiledMs] Stamps compiledMs
             * @property {number|null} [appliedMs] Stamps appliedMs
             * @property {number|null} [reportedMs] Stamps reportedMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Stamps.
             * @memberof accord.v1
             * @interface IStamps
             * @augments accord.v1.Stamps.$Properties
             * @deprecated Use accord.v1.Stamps.$Properties instead.
             */

            /**
             * Shape of a Stamps.
             * @typedef {accord.v1.Stamps.$Properties} accord.v1.Stamps.$Shape
             */

            /**
             * Constructs a new Stamps.
             * @memberof accord.v1
             * @classdesc Represents a Stamps.
             * @constructor
             * @param {accord.v1.Stamps.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Stamps = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Stamps acceptedMs.
             * @member {number} acceptedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.acceptedMs = 0;

            /**
             * Stamps publishedMs.
             * @member {number} publishedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.publishedMs = 0;

            /**
             * Stamps receivedMs.
             * @member {number} receivedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.receivedMs = 0;

            /**
             * Stamps verifiedMs.
             * @member {number} verifiedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.verifiedMs = 0;

            /**
             * Stamps compiledMs.
             * @member {number} compiledMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.compiledMs = 0;

            /**
             * Stamps appliedMs.
             * @member {number} appliedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.appliedMs = 0;

            /**
             * Stamps reportedMs.
             * @member {number} reportedMs
             * @memberof accord.v1.Stamps
             * @instance
             */
            Stamps.prototype.reportedMs = 0;

            /**
             * Encodes the specified Stamps message. Does not implicitly {@link accord.v1.Stamps.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Stamps
             * @static
             * @param {accord.v1.Stamps.$Properties} message Stamps message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Stamps.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.acceptedMs != null && $Object.hasOwnProperty.call(message, "acceptedMs") && !$Object.is(message.acceptedMs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.acceptedMs);
                if (message.publishedMs != null && $Object.hasOwnProperty.call(message, "publishedMs") && !$Object.is(message.publishedMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.publishedMs);
                if (message.receivedMs != null && $Object.hasOwnProperty.call(message, "receivedMs") && !$Object.is(message.receivedMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.receivedMs);
                if (message.verifiedMs != null && $Object.hasOwnProperty.call(message, "verifiedMs") && !$Object.is(message.verifiedMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.verifiedMs);
                if (message.compiledMs != null && $Object.hasOwnProperty.call(message, "compiledMs") && !$Object.is(message.compiledMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.compiledMs);
                if (message.appliedMs != null && $Object.hasOwnProperty.call(message, "appliedMs") && !$Object.is(message.appliedMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.appliedMs);
                if (message.reportedMs != null && $Object.hasOwnProperty.call(message, "reportedMs") && !$Object.is(message.reportedMs, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.reportedMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Stamps message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Stamps
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Stamps & accord.v1.Stamps.$Shape} Stamps
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Stamps.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Stamps();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.acceptedMs = value;
                            else
                                delete message.acceptedMs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.publishedMs = value;
                            else
                                delete message.publishedMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.receivedMs = value;
                            else
                                delete message.receivedMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.verifiedMs = value;
                            else
                                delete message.verifiedMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.compiledMs = value;
                            else
                                delete message.compiledMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.appliedMs = value;
                            else
                                delete message.appliedMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.reportedMs = value;
                            else
                                delete message.reportedMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Stamps message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Stamps
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Stamps} Stamps
             */
            Stamps.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Stamps)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Stamps: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Stamps();
                if (object.acceptedMs != null)
                    if (!$Object.is($Number(object.acceptedMs), 0))
                        message.acceptedMs = $Number(object.acceptedMs);
                if (object.publishedMs != null)
                    if (!$Object.is($Number(object.publishedMs), 0))
                        message.publishedMs = $Number(object.publishedMs);
                if (object.receivedMs != null)
                    if (!$Object.is($Number(object.receivedMs), 0))
                        message.receivedMs = $Number(object.receivedMs);
                if (object.verifiedMs != null)
                    if (!$Object.is($Number(object.verifiedMs), 0))
                        message.verifiedMs = $Number(object.verifiedMs);
                if (object.compiledMs != null)
                    if (!$Object.is($Number(object.compiledMs), 0))
                        message.compiledMs = $Number(object.compiledMs);
                if (object.appliedMs != null)
                    if (!$Object.is($Number(object.appliedMs), 0))
                        message.appliedMs = $Number(object.appliedMs);
                if (object.reportedMs != null)
                    if (!$Object.is($Number(object.reportedMs), 0))
                        message.reportedMs = $Number(object.reportedMs);
                return message;
            };

            /**
             * Creates a plain object from a Stamps message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Stamps
             * @static
             * @param {accord.v1.Stamps} message Stamps
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Stamps.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.acceptedMs = 0;
                    object.publishedMs = 0;
                    object.receivedMs = 0;
                    object.verifiedMs = 0;
                    object.compiledMs = 0;
                    object.appliedMs = 0;
                    object.reportedMs = 0;
                }
                if (message.acceptedMs != null && $Object.hasOwnProperty.call(message, "acceptedMs"))
                    object.acceptedMs = options.json && !$isFinite(message.acceptedMs) ? $String(message.acceptedMs) : message.acceptedMs;
                if (message.publishedMs != null && $Object.hasOwnProperty.call(message, "publishedMs"))
                    object.publishedMs = options.json && !$isFinite(message.publishedMs) ? $String(message.publishedMs) : message.publishedMs;
                if (message.receivedMs != null && $Object.hasOwnProperty.call(message, "receivedMs"))
                    object.receivedMs = options.json && !$isFinite(message.receivedMs) ? $String(message.receivedMs) : message.receivedMs;
                if (message.verifiedMs != null && $Object.hasOwnProperty.call(message, "verifiedMs"))
                    object.verifiedMs = options.json && !$isFinite(message.verifiedMs) ? $String(message.verifiedMs) : message.verifiedMs;
                if (message.compiledMs != null && $Object.hasOwnProperty.call(message, "compiledMs"))
                    object.compiledMs = options.json && !$isFinite(message.compiledMs) ? $String(message.compiledMs) : message.compiledMs;
                if (message.appliedMs != null && $Object.hasOwnProperty.call(message, "appliedMs"))
                    object.appliedMs = options.json && !$isFinite(message.appliedMs) ? $String(message.appliedMs) : message.appliedMs;
                if (message.reportedMs != null && $Object.hasOwnProperty.call(message, "reportedMs"))
                    object.reportedMs = options.json && !$isFinite(message.reportedMs) ? $String(message.reportedMs) : message.reportedMs;
                return object;
            };

            /**
             * Converts this Stamps to JSON.
             * @function toJSON
             * @memberof accord.v1.Stamps
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Stamps.prototype.toJSON = function() {
                return Stamps.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Stamps
             * @function getTypeUrl
             * @memberof accord.v1.Stamps
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Stamps.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Stamps";
            };

            return Stamps;
        })();

        v1.Heal = (function() {

            /**
             * Properties of a Heal.
             * @typedef {Object} accord.v1.Heal.$Properties
             * @property {string|null} [object] Heal object
             * @property {string|null} [policy] Heal policy
             * @property {string|null} [manager] Heal manager
             * @property {string|null} [operation] Heal operation
             * @property {number|null} [seenMs] Heal seenMs
             * @property {number|null} [healedMs] Heal healedMs
             * @property {Array.<string>|null} [fields] Heal fields
             * @property {string|null} [cause] Heal cause
             * @property {number|null} [writtenMs] Heal writtenMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Heal.
             * @memberof accord.v1
             * @interface IHeal
             * @augments accord.v1.Heal.$Properties
             * @deprecated Use accord.v1.Heal.$Properties instead.
             */

            /**
             * Shape of a Heal.
             * @typedef {accord.v1.Heal.$Properties} accord.v1.Heal.$Shape
             */

            /**
             * Constructs a new Heal.
             * @memberof accord.v1
             * @classdesc Represents a Heal.
             * @constructor
             * @param {accord.v1.Heal.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Heal = function (properties) {
                this.fields = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Heal object.
             * @member {string} object
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.object = "";

            /**
             * Heal policy.
             * @member {string} policy
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.policy = "";

            /**
             * Heal manager.
             * @member {string} manager
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.manager = "";

            /**
             * Heal operation.
             * @member {string} operation
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.operation = "";

            /**
             * Heal seenMs.
             * @member {number} seenMs
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.seenMs = 0;

            /**
             * Heal healedMs.
             * @member {number} healedMs
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.healedMs = 0;

            /**
             * Heal fields.
             * @member {Array.<string>} fields
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.fields = $util.emptyArray;

            /**
             * Heal cause.
             * @member {string} cause
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.cause = "";

            /**
             * Heal writtenMs.
             * @member {number} writtenMs
             * @memberof accord.v1.Heal
             * @instance
             */
            Heal.prototype.writtenMs = 0;

            /**
             * Encodes the specified Heal message. Does not implicitly {@link accord.v1.Heal.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Heal
             * @static
             * @param {accord.v1.Heal.$Properties} message Heal message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Heal.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.object);
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.policy);
                if (message.manager != null && $Object.hasOwnProperty.call(message, "manager") && message.manager !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.manager);
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.operation);
                if (message.seenMs != null && $Object.hasOwnProperty.call(message, "seenMs") && !$Object.is(message.seenMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.seenMs);
                if (message.healedMs != null && $Object.hasOwnProperty.call(message, "healedMs") && !$Object.is(message.healedMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.healedMs);
                if (message.fields != null && message.fields.length)
                    for (let i = 0; i < message.fields.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.fields[i]);
                if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.cause);
                if (message.writtenMs != null && $Object.hasOwnProperty.call(message, "writtenMs") && !$Object.is(message.writtenMs, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.writtenMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Heal message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Heal
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Heal & accord.v1.Heal.$Shape} Heal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Heal.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Heal();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.manager = value;
                            else
                                delete message.manager;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.operation = value;
                            else
                                delete message.operation;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.seenMs = value;
                            else
                                delete message.seenMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.healedMs = value;
                            else
                                delete message.healedMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.fields && message.fields.length))
                                message.fields = [];
                            message.fields.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cause = value;
                            else
                                delete message.cause;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.writtenMs = value;
                            else
                                delete message.writtenMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Heal message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Heal
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Heal} Heal
             */
            Heal.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Heal)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Heal: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Heal();
                if (object.object != null)
                    if (typeof object.object !== "string" || object.object.length)
                        message.object = $String(object.object);
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                if (object.manager != null)
                    if (typeof object.manager !== "string" || object.manager.length)
                        message.manager = $String(object.manager);
                if (object.operation != null)
                    if (typeof object.operation !== "string" || object.operation.length)
                        message.operation = $String(object.operation);
                if (object.seenMs != null)
                    if (!$Object.is($Number(object.seenMs), 0))
                        message.seenMs = $Number(object.seenMs);
                if (object.healedMs != null)
                    if (!$Object.is($Number(object.healedMs), 0))
                        message.healedMs = $Number(object.healedMs);
                if (object.fields) {
                    if (!$Array.isArray(object.fields))
                        throw $TypeError(".accord.v1.Heal.fields: array expected");
                    message.fields = $Array(object.fields.length);
                    for (let i = 0; i < object.fields.length; ++i)
                        message.fields[i] = $String(object.fields[i]);
                }
                if (object.cause != null)
                    if (typeof object.cause !== "string" || object.cause.length)
                        message.cause = $String(object.cause);
                if (object.writtenMs != null)
                    if (!$Object.is($Number(object.writtenMs), 0))
                        message.writtenMs = $Number(object.writtenMs);
                return message;
            };

            /**
             * Creates a plain object from a Heal message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Heal
             * @static
             * @param {accord.v1.Heal} message Heal
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Heal.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.fields = [];
                if (options.defaults) {
                    object.object = "";
                    object.policy = "";
                    object.manager = "";
                    object.operation = "";
                    object.seenMs = 0;
                    object.healedMs = 0;
                    object.cause = "";
                    object.writtenMs = 0;
                }
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    object.object = message.object;
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                if (message.manager != null && $Object.hasOwnProperty.call(message, "manager"))
                    object.manager = message.manager;
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation"))
                    object.operation = message.operation;
                if (message.seenMs != null && $Object.hasOwnProperty.call(message, "seenMs"))
                    object.seenMs = options.json && !$isFinite(message.seenMs) ? $String(message.seenMs) : message.seenMs;
                if (message.healedMs != null && $Object.hasOwnProperty.call(message, "healedMs"))
                    object.healedMs = options.json && !$isFinite(message.healedMs) ? $String(message.healedMs) : message.healedMs;
                if (message.fields && message.fields.length) {
                    object.fields = $Array(message.fields.length);
                    for (let j = 0; j < message.fields.length; ++j)
                        object.fields[j] = message.fields[j];
                }
                if (message.cause != null && $Object.hasOwnProperty.call(message, "cause"))
                    object.cause = message.cause;
                if (message.writtenMs != null && $Object.hasOwnProperty.call(message, "writtenMs"))
                    object.writtenMs = options.json && !$isFinite(message.writtenMs) ? $String(message.writtenMs) : message.writtenMs;
                return object;
            };

            /**
             * Converts this Heal to JSON.
             * @function toJSON
             * @memberof accord.v1.Heal
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Heal.prototype.toJSON = function() {
                return Heal.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Heal
             * @function getTypeUrl
             * @memberof accord.v1.Heal
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Heal.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Heal";
            };

            return Heal;
        })();

        v1.Beat = (function() {

            /**
             * Properties of a Beat.
             * @typedef {Object} accord.v1.Beat.$Properties
             * @property {number|null} [epoch] Beat epoch
             * @property {number|null} [boot] Beat boot
             * @property {number|null} [tokenIat] Beat tokenIat
             * @property {Uint8Array|null} [syncDigest] Beat syncDigest
             * @property {number|null} [tsMs] Beat tsMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Beat.
             * @memberof accord.v1
             * @interface IBeat
             * @augments accord.v1.Beat.$Properties
             * @deprecated Use accord.v1.Beat.$Properties instead.
             */

            /**
             * Shape of a Beat.
             * @typedef {accord.v1.Beat.$Properties} accord.v1.Beat.$Shape
             */

            /**
             * Constructs a new Beat.
             * @memberof accord.v1
             * @classdesc Represents a Beat.
             * @constructor
             * @param {accord.v1.Beat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Beat = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Beat epoch.
             * @member {number} epoch
             * @memberof accord.v1.Beat
             * @instance
             */
            Beat.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Beat boot.
             * @member {number} boot
             * @memberof accord.v1.Beat
             * @instance
             */
            Beat.prototype.boot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Beat tokenIat.
             * @member {number} tokenIat
             * @memberof accord.v1.Beat
             * @instance
             */
            Beat.prototype.tokenIat = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Beat syncDigest.
             * @member {Uint8Array} syncDigest
             * @memberof accord.v1.Beat
             * @instance
             */
            Beat.prototype.syncDigest = $util.newBuffer([]);

            /**
             * Beat tsMs.
             * @member {number} tsMs
             * @memberof accord.v1.Beat
             * @instance
             */
            Beat.prototype.tsMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Beat message. Does not implicitly {@link accord.v1.Beat.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Beat
             * @static
             * @param {accord.v1.Beat.$Properties} message Beat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Beat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.epoch);
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && (typeof message.boot === "object" ? message.boot.low || message.boot.high : message.boot !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.boot);
                if (message.tokenIat != null && $Object.hasOwnProperty.call(message, "tokenIat") && (typeof message.tokenIat === "object" ? message.tokenIat.low || message.tokenIat.high : message.tokenIat !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.tokenIat);
                if (message.syncDigest != null && $Object.hasOwnProperty.call(message, "syncDigest") && message.syncDigest.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.syncDigest);
                if (message.tsMs != null && $Object.hasOwnProperty.call(message, "tsMs") && (typeof message.tsMs === "object" ? message.tsMs.low || message.tsMs.high : message.tsMs !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.tsMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Beat message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Beat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Beat & accord.v1.Beat.$Shape} Beat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Beat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Beat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.tokenIat = value;
                            else
                                delete message.tokenIat;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.syncDigest = value;
                            else
                                delete message.syncDigest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.tsMs = value;
                            else
                                delete message.tsMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Beat message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Beat
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Beat} Beat
             */
            Beat.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Beat)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Beat: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Beat();
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.boot != null)
                    if (typeof object.boot === "object" ? object.boot.low || object.boot.high : $Number(object.boot) !== 0)
                        if ($util.Long)
                            message.boot = $util.Long.fromValue(object.boot, true);
                        else if (typeof object.boot === "string")
                            message.boot = $parseInt(object.boot, 10);
                        else if (typeof object.boot === "number")
                            message.boot = object.boot;
                        else if (typeof object.boot === "object")
                            message.boot = new $util.LongBits(object.boot.low >>> 0, object.boot.high >>> 0).toNumber(true);
                if (object.tokenIat != null)
                    if (typeof object.tokenIat === "object" ? object.tokenIat.low || object.tokenIat.high : $Number(object.tokenIat) !== 0)
                        if ($util.Long)
                            message.tokenIat = $util.Long.fromValue(object.tokenIat, true);
                        else if (typeof object.tokenIat === "string")
                            message.tokenIat = $parseInt(object.tokenIat, 10);
                        else if (typeof object.tokenIat === "number")
                            message.tokenIat = object.tokenIat;
                        else if (typeof object.tokenIat === "object")
                            message.tokenIat = new $util.LongBits(object.tokenIat.low >>> 0, object.tokenIat.high >>> 0).toNumber(true);
                if (object.syncDigest != null)
                    if (object.syncDigest.length)
                        if (typeof object.syncDigest === "string")
                            $util.base64.decode(object.syncDigest, message.syncDigest = $util.newBuffer($util.base64.length(object.syncDigest)), 0);
                        else if (object.syncDigest.length >= 0)
                            message.syncDigest = object.syncDigest;
                if (object.tsMs != null)
                    if (typeof object.tsMs === "object" ? object.tsMs.low || object.tsMs.high : $Number(object.tsMs) !== 0)
                        if ($util.Long)
                            message.tsMs = $util.Long.fromValue(object.tsMs, true);
                        else if (typeof object.tsMs === "string")
                            message.tsMs = $parseInt(object.tsMs, 10);
                        else if (typeof object.tsMs === "number")
                            message.tsMs = object.tsMs;
                        else if (typeof object.tsMs === "object")
                            message.tsMs = new $util.LongBits(object.tsMs.low >>> 0, object.tsMs.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a Beat message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Beat
             * @static
             * @param {accord.v1.Beat} message Beat
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Beat.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.boot = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.boot = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.tokenIat = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.tokenIat = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if (options.bytes === $String)
                        object.syncDigest = "";
                    else {
                        object.syncDigest = [];
                        if (options.bytes !== $Array)
                            object.syncDigest = $util.newBuffer(object.syncDigest);
                    }
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.tsMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.tsMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.boot = typeof message.boot === "number" ? $BigInt(message.boot) : $util.Long.fromBits(message.boot.low >>> 0, message.boot.high >>> 0, true).toBigInt();
                    else if (typeof message.boot === "number")
                        object.boot = options.longs === $String ? $String(message.boot) : message.boot;
                    else
                        object.boot = options.longs === $String ? $util.Long.prototype.toString.call(message.boot) : options.longs === $Number ? new $util.LongBits(message.boot.low >>> 0, message.boot.high >>> 0).toNumber(true) : message.boot;
                if (message.tokenIat != null && $Object.hasOwnProperty.call(message, "tokenIat"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.tokenIat = typeof message.tokenIat === "number" ? $BigInt(message.tokenIat) : $util.Long.fromBits(message.tokenIat.low >>> 0, message.tokenIat.high >>> 0, true).toBigInt();
                    else if (typeof message.tokenIat === "number")
                        object.tokenIat = options.longs === $String ? $String(message.tokenIat) : message.tokenIat;
                    else
                        object.tokenIat = options.longs === $String ? $util.Long.prototype.toString.call(message.tokenIat) : options.longs === $Number ? new $util.LongBits(message.tokenIat.low >>> 0, message.tokenIat.high >>> 0).toNumber(true) : message.tokenIat;
                if (message.syncDigest != null && $Object.hasOwnProperty.call(message, "syncDigest"))
                    object.syncDigest = options.bytes === $String ? $util.base64.encode(message.syncDigest, 0, message.syncDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.syncDigest) : message.syncDigest;
                if (message.tsMs != null && $Object.hasOwnProperty.call(message, "tsMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.tsMs = typeof message.tsMs === "number" ? $BigInt(message.tsMs) : $util.Long.fromBits(message.tsMs.low >>> 0, message.tsMs.high >>> 0, true).toBigInt();
                    else if (typeof message.tsMs === "number")
                        object.tsMs = options.longs === $String ? $String(message.tsMs) : message.tsMs;
                    else
                        object.tsMs = options.longs === $String ? $util.Long.prototype.toString.call(message.tsMs) : options.longs === $Number ? new $util.LongBits(message.tsMs.low >>> 0, message.tsMs.high >>> 0).toNumber(true) : message.tsMs;
                return object;
            };

            /**
             * Converts this Beat to JSON.
             * @function toJSON
             * @memberof accord.v1.Beat
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Beat.prototype.toJSON = function() {
                return Beat.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Beat
             * @function getTypeUrl
             * @memberof accord.v1.Beat
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Beat.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Beat";
            };

            return Beat;
        })();

        v1.HistoryStatement = (function() {

            /**
             * Properties of a HistoryStatement.
             * @typedef {Object} accord.v1.HistoryStatement.$Properties
             * @property {string|null} [subject] HistoryStatement subject
             * @property {Uint8Array|null} [bodyDigest] HistoryStatement bodyDigest
             * @property {number|null} [atMs] HistoryStatement atMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryStatement.
             * @memberof accord.v1
             * @interface IHistoryStatement
             * @augments accord.v1.HistoryStatement.$Properties
             * @deprecated Use accord.v1.HistoryStatement.$Properties instead.
             */

            /**
             * Shape of a HistoryStatement.
             * @typedef {accord.v1.HistoryStatement.$Properties} accord.v1.HistoryStatement.$Shape
             */

            /**
             * Constructs a new HistoryStatement.
             * @memberof accord.v1
             * @classdesc Represents a HistoryStatement.
             * @constructor
             * @param {accord.v1.HistoryStatement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryStatement = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryStatement subject.
             * @member {string} subject
             * @memberof accord.v1.HistoryStatement
             * @instance
             */
            HistoryStatement.prototype.subject = "";

            /**
             * HistoryStatement bodyDigest.
             * @member {Uint8Array} bodyDigest
             * @memberof accord.v1.HistoryStatement
             * @instance
             */
            HistoryStatement.prototype.bodyDigest = $util.newBuffer([]);

            /**
             * HistoryStatement atMs.
             * @member {number} atMs
             * @memberof accord.v1.HistoryStatement
             * @instance
             */
            HistoryStatement.prototype.atMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified HistoryStatement message. Does not implicitly {@link accord.v1.HistoryStatement.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryStatement
             * @static
             * @param {accord.v1.HistoryStatement.$Properties} message HistoryStatement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryStatement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.subject);
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest") && message.bodyDigest.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.bodyDigest);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && (typeof message.atMs === "object" ? message.atMs.low || message.atMs.high : message.atMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.atMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryStatement message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryStatement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryStatement & accord.v1.HistoryStatement.$Shape} HistoryStatement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryStatement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryStatement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bodyDigest = value;
                            else
                                delete message.bodyDigest;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryStatement message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryStatement
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryStatement} HistoryStatement
             */
            HistoryStatement.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryStatement)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryStatement: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryStatement();
                if (object.subject != null)
                    if (typeof object.subject !== "string" || object.subject.length)
                        message.subject = $String(object.subject);
                if (object.bodyDigest != null)
                    if (object.bodyDigest.length)
                        if (typeof object.bodyDigest === "string")
                            $util.base64.decode(object.bodyDigest, message.bodyDigest = $util.newBuffer($util.base64.length(object.bodyDigest)), 0);
                        else if (object.bodyDigest.length >= 0)
                            message.bodyDigest = object.bodyDigest;
                if (object.atMs != null)
                    if (typeof object.atMs === "object" ? object.atMs.low || object.atMs.high : $Number(object.atMs) !== 0)
                        if ($util.Long)
                            message.atMs = $util.Long.fromValue(object.atMs, true);
                        else if (typeof object.atMs === "string")
                            message.atMs = $parseInt(object.atMs, 10);
                        else if (typeof object.atMs === "number")
                            message.atMs = object.atMs;
                        else if (typeof object.atMs === "object")
                            message.atMs = new $util.LongBits(object.atMs.low >>> 0, object.atMs.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a HistoryStatement message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryStatement
             * @static
             * @param {accord.v1.HistoryStatement} message HistoryStatement
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryStatement.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.subject = "";
                    if (options.bytes === $String)
                        object.bodyDigest = "";
                    else {
                        object.bodyDigest = [];
                        if (options.bytes !== $Array)
                            object.bodyDigest = $util.newBuffer(object.bodyDigest);
                    }
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.atMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.atMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                    object.subject = message.subject;
                if (message.bodyDigest != null && $Object.hasOwnProperty.call(message, "bodyDigest"))
                    object.bodyDigest = options.bytes === $String ? $util.base64.encode(message.bodyDigest, 0, message.bodyDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.bodyDigest) : message.bodyDigest;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.atMs = typeof message.atMs === "number" ? $BigInt(message.atMs) : $util.Long.fromBits(message.atMs.low >>> 0, message.atMs.high >>> 0, true).toBigInt();
                    else if (typeof message.atMs === "number")
                        object.atMs = options.longs === $String ? $String(message.atMs) : message.atMs;
                    else
                        object.atMs = options.longs === $String ? $util.Long.prototype.toString.call(message.atMs) : options.longs === $Number ? new $util.LongBits(message.atMs.low >>> 0, message.atMs.high >>> 0).toNumber(true) : message.atMs;
                return object;
            };

            /**
             * Converts this HistoryStatement to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryStatement
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryStatement.prototype.toJSON = function() {
                return HistoryStatement.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryStatement
             * @function getTypeUrl
             * @memberof accord.v1.HistoryStatement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryStatement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryStatement";
            };

            return HistoryStatement;
        })();

        v1.HistoryOutcomes = (function() {

            /**
             * Properties of a HistoryOutcomes.
             * @typedef {Object} accord.v1.HistoryOutcomes.$Properties
             * @property {number|null} [outcomesSeq] HistoryOutcomes outcomesSeq
             * @property {Array.<accord.v1.HistoryOutcome.$Properties>|null} [outcomes] HistoryOutcomes outcomes
             * @property {Array.<accord.v1.HistoryGap.$Properties>|null} [gaps] HistoryOutcomes gaps
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryOutcomes.
             * @memberof accord.v1
             * @interface IHistoryOutcomes
             * @augments accord.v1.HistoryOutcomes.$Properties
             * @deprecated Use accord.v1.HistoryOutcomes.$Properties instead.
             */

            /**
             * Shape of a HistoryOutcomes.
             * @typedef {accord.v1.HistoryOutcomes.$Properties} accord.v1.HistoryOutcomes.$Shape
             */

            /**
             * Constructs a new HistoryOutcomes.
             * @memberof accord.v1
             * @classdesc Represents a HistoryOutcomes.
             * @constructor
             * @param {accord.v1.HistoryOutcomes.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryOutcomes = function (properties) {
                this.outcomes = [];
                this.gaps = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryOutcomes outcomesSeq.
             * @member {number} outcomesSeq
             * @memberof accord.v1.HistoryOutcomes
             * @instance
             */
            HistoryOutcomes.prototype.outcomesSeq = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryOutcomes outcomes.
             * @member {Array.<accord.v1.HistoryOutcome.$Properties>} outcomes
             * @memberof accord.v1.HistoryOutcomes
             * @instance
             */
            HistoryOutcomes.prototype.outcomes = $util.emptyArray;

            /**
             * HistoryOutcomes gaps.
             * @member {Array.<accord.v1.HistoryGap.$Properties>} gaps
             * @memberof accord.v1.HistoryOutcomes
             * @instance
             */
            HistoryOutcomes.prototype.gaps = $util.emptyArray;

            /**
             * Encodes the specified HistoryOutcomes message. Does not implicitly {@link accord.v1.HistoryOutcomes.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryOutcomes
             * @static
             * @param {accord.v1.HistoryOutcomes.$Properties} message HistoryOutcomes message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryOutcomes.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.outcomesSeq != null && $Object.hasOwnProperty.call(message, "outcomesSeq") && (typeof message.outcomesSeq === "object" ? message.outcomesSeq.low || message.outcomesSeq.high : message.outcomesSeq !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.outcomesSeq);
                if (message.outcomes != null && message.outcomes.length)
                    for (let i = 0; i < message.outcomes.length; ++i)
                        $root.accord.v1.HistoryOutcome.encode(message.outcomes[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.gaps != null && message.gaps.length)
                    for (let i = 0; i < message.gaps.length; ++i)
                        $root.accord.v1.HistoryGap.encode(message.gaps[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryOutcomes message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryOutcomes
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryOutcomes & accord.v1.HistoryOutcomes.$Shape} HistoryOutcomes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryOutcomes.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryOutcomes();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.outcomesSeq = value;
                            else
                                delete message.outcomesSeq;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.outcomes && message.outcomes.length))
                                message.outcomes = [];
                            message.outcomes.push($root.accord.v1.HistoryOutcome.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.gaps && message.gaps.length))
                                message.gaps = [];
                            message.gaps.push($root.accord.v1.HistoryGap.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryOutcomes message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryOutcomes
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryOutcomes} HistoryOutcomes
             */
            HistoryOutcomes.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryOutcomes)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryOutcomes: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryOutcomes();
                if (object.outcomesSeq != null)
                    if (typeof object.outcomesSeq === "object" ? object.outcomesSeq.low || object.outcomesSeq.high : $Number(object.outcomesSeq) !== 0)
                        if ($util.Long)
                            message.outcomesSeq = $util.Long.fromValue(object.outcomesSeq, true);
                        else if (typeof object.outcomesSeq === "string")
                            message.outcomesSeq = $parseInt(object.outcomesSeq, 10);
                        else if (typeof object.outcomesSeq === "number")
                            message.outcomesSeq = object.outcomesSeq;
                        else if (typeof object.outcomesSeq === "object")
                            message.outcomesSeq = new $util.LongBits(object.outcomesSeq.low >>> 0, object.outcomesSeq.high >>> 0).toNumber(true);
                if (object.outcomes) {
                    if (!$Array.isArray(object.outcomes))
                        throw $TypeError(".accord.v1.HistoryOutcomes.outcomes: array expected");
                    message.outcomes = $Array(object.outcomes.length);
                    for (let i = 0; i < object.outcomes.length; ++i) {
                        if (!$util.isObject(object.outcomes[i]))
                            throw $TypeError(".accord.v1.HistoryOutcomes.outcomes: object expected");
                        message.outcomes[i] = $root.accord.v1.HistoryOutcome.fromObject(object.outcomes[i], _depth + 1);
                    }
                }
                if (object.gaps) {
                    if (!$Array.isArray(object.gaps))
                        throw $TypeError(".accord.v1.HistoryOutcomes.gaps: array expected");
                    message.gaps = $Array(object.gaps.length);
                    for (let i = 0; i < object.gaps.length; ++i) {
                        if (!$util.isObject(object.gaps[i]))
                            throw $TypeError(".accord.v1.HistoryOutcomes.gaps: object expected");
                        message.gaps[i] = $root.accord.v1.HistoryGap.fromObject(object.gaps[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a HistoryOutcomes message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryOutcomes
             * @static
             * @param {accord.v1.HistoryOutcomes} message HistoryOutcomes
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryOutcomes.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.outcomes = [];
                    object.gaps = [];
                }
                if (options.defaults)
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.outcomesSeq = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.outcomesSeq = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                if (message.outcomesSeq != null && $Object.hasOwnProperty.call(message, "outcomesSeq"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.outcomesSeq = typeof message.outcomesSeq === "number" ? $BigInt(message.outcomesSeq) : $util.Long.fromBits(message.outcomesSeq.low >>> 0, message.outcomesSeq.high >>> 0, true).toBigInt();
                    else if (typeof message.outcomesSeq === "number")
                        object.outcomesSeq = options.longs === $String ? $String(message.outcomesSeq) : message.outcomesSeq;
                    else
                        object.outcomesSeq = options.longs === $String ? $util.Long.prototype.toString.call(message.outcomesSeq) : options.longs === $Number ? new $util.LongBits(message.outcomesSeq.low >>> 0, message.outcomesSeq.high >>> 0).toNumber(true) : message.outcomesSeq;
                if (message.outcomes && message.outcomes.length) {
                    object.outcomes = $Array(message.outcomes.length);
                    for (let j = 0; j < message.outcomes.length; ++j)
                        object.outcomes[j] = $root.accord.v1.HistoryOutcome.toObject(message.outcomes[j], options, _depth + 1);
                }
                if (message.gaps && message.gaps.length) {
                    object.gaps = $Array(message.gaps.length);
                    for (let j = 0; j < message.gaps.length; ++j)
                        object.gaps[j] = $root.accord.v1.HistoryGap.toObject(message.gaps[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this HistoryOutcomes to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryOutcomes
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryOutcomes.prototype.toJSON = function() {
                return HistoryOutcomes.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryOutcomes
             * @function getTypeUrl
             * @memberof accord.v1.HistoryOutcomes
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryOutcomes.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryOutcomes";
            };

            return HistoryOutcomes;
        })();

        v1.HistoryOutcome = (function() {

            /**
             * Properties of a HistoryOutcome.
             * @typedef {Object} accord.v1.HistoryOutcome.$Properties
             * @property {string|null} [cluster] HistoryOutcome cluster
             * @property {Uint8Array|null} [message] HistoryOutcome message
             * @property {number|null} [atMs] HistoryOutcome atMs
             * @property {number|null} [skewMs] HistoryOutcome skewMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryOutcome.
             * @memberof accord.v1
             * @interface IHistoryOutcome
             * @augments accord.v1.HistoryOutcome.$Properties
             * @deprecated Use accord.v1.HistoryOutcome.$Properties instead.
             */

            /**
             * Shape of a HistoryOutcome.
             * @typedef {accord.v1.HistoryOutcome.$Properties} accord.v1.HistoryOutcome.$Shape
             */

            /**
             * Constructs a new HistoryOutcome.
             * @memberof accord.v1
             * @classdesc Represents a HistoryOutcome.
             * @constructor
             * @param {accord.v1.HistoryOutcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryOutcome = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryOutcome cluster.
             * @member {string} cluster
             * @memberof accord.v1.HistoryOutcome
             * @instance
             */
            HistoryOutcome.prototype.cluster = "";

            /**
             * HistoryOutcome message.
             * @member {Uint8Array} message
             * @memberof accord.v1.HistoryOutcome
             * @instance
             */
            HistoryOutcome.prototype.message = $util.newBuffer([]);

            /**
             * HistoryOutcome atMs.
             * @member {number} atMs
             * @memberof accord.v1.HistoryOutcome
             * @instance
             */
            HistoryOutcome.prototype.atMs = 0;

            /**
             * HistoryOutcome skewMs.
             * @member {number} skewMs
             * @memberof accord.v1.HistoryOutcome
             * @instance
             */
            HistoryOutcome.prototype.skewMs = 0;

            /**
             * Encodes the specified HistoryOutcome message. Does not implicitly {@link accord.v1.HistoryOutcome.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryOutcome
             * @static
             * @param {accord.v1.HistoryOutcome.$Properties} message HistoryOutcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryOutcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.message);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && !$Object.is(message.atMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.atMs);
                if (message.skewMs != null && $Object.hasOwnProperty.call(message, "skewMs") && !$Object.is(message.skewMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.skewMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryOutcome message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryOutcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryOutcome & accord.v1.HistoryOutcome.$Shape} HistoryOutcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryOutcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryOutcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.skewMs = value;
                            else
                                delete message.skewMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryOutcome message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryOutcome
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryOutcome} HistoryOutcome
             */
            HistoryOutcome.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryOutcome)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryOutcome: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryOutcome();
                if (object.cluster != null)
                    if (typeof object.cluster !== "string" || object.cluster.length)
                        message.cluster = $String(object.cluster);
                if (object.message != null)
                    if (object.message.length)
                        if (typeof object.message === "string")
                            $util.base64.decode(object.message, message.message = $util.newBuffer($util.base64.length(object.message)), 0);
                        else if (object.message.length >= 0)
                            message.message = object.message;
                if (object.atMs != null)
                    if (!$Object.is($Number(object.atMs), 0))
                        message.atMs = $Number(object.atMs);
                if (object.skewMs != null)
                    if (!$Object.is($Number(object.skewMs), 0))
                        message.skewMs = $Number(object.skewMs);
                return message;
            };

            /**
             * Creates a plain object from a HistoryOutcome message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryOutcome
             * @static
             * @param {accord.v1.HistoryOutcome} message HistoryOutcome
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryOutcome.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.cluster = "";
                    if (options.bytes === $String)
                        object.message = "";
                    else {
                        object.message = [];
                        if (options.bytes !== $Array)
                            object.message = $util.newBuffer(object.message);
                    }
                    object.atMs = 0;
                    object.skewMs = 0;
                }
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    object.cluster = message.cluster;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = options.bytes === $String ? $util.base64.encode(message.message, 0, message.message.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.message) : message.message;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    object.atMs = options.json && !$isFinite(message.atMs) ? $String(message.atMs) : message.atMs;
                if (message.skewMs != null && $Object.hasOwnProperty.call(message, "skewMs"))
                    object.skewMs = options.json && !$isFinite(message.skewMs) ? $String(message.skewMs) : message.skewMs;
                return object;
            };

            /**
             * Converts this HistoryOutcome to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryOutcome
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryOutcome.prototype.toJSON = function() {
                return HistoryOutcome.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryOutcome
             * @function getTypeUrl
             * @memberof accord.v1.HistoryOutcome
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryOutcome.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryOutcome";
            };

            return HistoryOutcome;
        })();

        v1.HistoryGap = (function() {

            /**
             * Properties of a HistoryGap.
             * @typedef {Object} accord.v1.HistoryGap.$Properties
             * @property {string|null} [cluster] HistoryGap cluster
             * @property {number|null} [boot] HistoryGap boot
             * @property {number|null} [firstN] HistoryGap firstN
             * @property {number|null} [lastN] HistoryGap lastN
             * @property {string|null} [reason] HistoryGap reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryGap.
             * @memberof accord.v1
             * @interface IHistoryGap
             * @augments accord.v1.HistoryGap.$Properties
             * @deprecated Use accord.v1.HistoryGap.$Properties instead.
             */

            /**
             * Shape of a HistoryGap.
             * @typedef {accord.v1.HistoryGap.$Properties} accord.v1.HistoryGap.$Shape
             */

            /**
             * Constructs a new HistoryGap.
             * @memberof accord.v1
             * @classdesc Represents a HistoryGap.
             * @constructor
             * @param {accord.v1.HistoryGap.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryGap = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryGap cluster.
             * @member {string} cluster
             * @memberof accord.v1.HistoryGap
             * @instance
             */
            HistoryGap.prototype.cluster = "";

            /**
             * HistoryGap boot.
             * @member {number} boot
             * @memberof accord.v1.HistoryGap
             * @instance
             */
            HistoryGap.prototype.boot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryGap firstN.
             * @member {number} firstN
             * @memberof accord.v1.HistoryGap
             * @instance
             */
            HistoryGap.prototype.firstN = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryGap lastN.
             * @member {number} lastN
             * @memberof accord.v1.HistoryGap
             * @instance
             */
            HistoryGap.prototype.lastN = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HistoryGap reason.
             * @member {string} reason
             * @memberof accord.v1.HistoryGap
             * @instance
             */
            HistoryGap.prototype.reason = "";

            /**
             * Encodes the specified HistoryGap message. Does not implicitly {@link accord.v1.HistoryGap.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryGap
             * @static
             * @param {accord.v1.HistoryGap.$Properties} message HistoryGap message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryGap.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster);
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot") && (typeof message.boot === "object" ? message.boot.low || message.boot.high : message.boot !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.boot);
                if (message.firstN != null && $Object.hasOwnProperty.call(message, "firstN") && (typeof message.firstN === "object" ? message.firstN.low || message.firstN.high : message.firstN !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.firstN);
                if (message.lastN != null && $Object.hasOwnProperty.call(message, "lastN") && (typeof message.lastN === "object" ? message.lastN.low || message.lastN.high : message.lastN !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.lastN);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryGap message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryGap
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryGap & accord.v1.HistoryGap.$Shape} HistoryGap
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryGap.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryGap();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.boot = value;
                            else
                                delete message.boot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.firstN = value;
                            else
                                delete message.firstN;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastN = value;
                            else
                                delete message.lastN;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryGap message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryGap
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryGap} HistoryGap
             */
            HistoryGap.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryGap)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryGap: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryGap();
                if (object.cluster != null)
                    if (typeof object.cluster !== "string" || object.cluster.length)
                        message.cluster = $String(object.cluster);
                if (object.boot != null)
                    if (typeof object.boot === "object" ? object.boot.low || object.boot.high : $Number(object.boot) !== 0)
                        if ($util.Long)
                            message.boot = $util.Long.fromValue(object.boot, true);
                        else if (typeof object.boot === "string")
                            message.boot = $parseInt(object.boot, 10);
                        else if (typeof object.boot === "number")
                            message.boot = object.boot;
                        else if (typeof object.boot === "object")
                            message.boot = new $util.LongBits(object.boot.low >>> 0, object.boot.high >>> 0).toNumber(true);
                if (object.firstN != null)
                    if (typeof object.firstN === "object" ? object.firstN.low || object.firstN.high : $Number(object.firstN) !== 0)
                        if ($util.Long)
                            message.firstN = $util.Long.fromValue(object.firstN, true);
                        else if (typeof object.firstN === "string")
                            message.firstN = $parseInt(object.firstN, 10);
                        else if (typeof object.firstN === "number")
                            message.firstN = object.firstN;
                        else if (typeof object.firstN === "object")
                            message.firstN = new $util.LongBits(object.firstN.low >>> 0, object.firstN.high >>> 0).toNumber(true);
                if (object.lastN != null)
                    if (typeof object.lastN === "object" ? object.lastN.low || object.lastN.high : $Number(object.lastN) !== 0)
                        if ($util.Long)
                            message.lastN = $util.Long.fromValue(object.lastN, true);
                        else if (typeof object.lastN === "string")
                            message.lastN = $parseInt(object.lastN, 10);
                        else if (typeof object.lastN === "number")
                            message.lastN = object.lastN;
                        else if (typeof object.lastN === "object")
                            message.lastN = new $util.LongBits(object.lastN.low >>> 0, object.lastN.high >>> 0).toNumber(true);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from a HistoryGap message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryGap
             * @static
             * @param {accord.v1.HistoryGap} message HistoryGap
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryGap.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.cluster = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.boot = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.boot = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.firstN = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.firstN = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.lastN = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.lastN = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.reason = "";
                }
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    object.cluster = message.cluster;
                if (message.boot != null && $Object.hasOwnProperty.call(message, "boot"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.boot = typeof message.boot === "number" ? $BigInt(message.boot) : $util.Long.fromBits(message.boot.low >>> 0, message.boot.high >>> 0, true).toBigInt();
                    else if (typeof message.boot === "number")
                        object.boot = options.longs === $String ? $String(message.boot) : message.boot;
                    else
                        object.boot = options.longs === $String ? $util.Long.prototype.toString.call(message.boot) : options.longs === $Number ? new $util.LongBits(message.boot.low >>> 0, message.boot.high >>> 0).toNumber(true) : message.boot;
                if (message.firstN != null && $Object.hasOwnProperty.call(message, "firstN"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.firstN = typeof message.firstN === "number" ? $BigInt(message.firstN) : $util.Long.fromBits(message.firstN.low >>> 0, message.firstN.high >>> 0, true).toBigInt();
                    else if (typeof message.firstN === "number")
                        object.firstN = options.longs === $String ? $String(message.firstN) : message.firstN;
                    else
                        object.firstN = options.longs === $String ? $util.Long.prototype.toString.call(message.firstN) : options.longs === $Number ? new $util.LongBits(message.firstN.low >>> 0, message.firstN.high >>> 0).toNumber(true) : message.firstN;
                if (message.lastN != null && $Object.hasOwnProperty.call(message, "lastN"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.lastN = typeof message.lastN === "number" ? $BigInt(message.lastN) : $util.Long.fromBits(message.lastN.low >>> 0, message.lastN.high >>> 0, true).toBigInt();
                    else if (typeof message.lastN === "number")
                        object.lastN = options.longs === $String ? $String(message.lastN) : message.lastN;
                    else
                        object.lastN = options.longs === $String ? $util.Long.prototype.toString.call(message.lastN) : options.longs === $Number ? new $util.LongBits(message.lastN.low >>> 0, message.lastN.high >>> 0).toNumber(true) : message.lastN;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this HistoryGap to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryGap
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryGap.prototype.toJSON = function() {
                return HistoryGap.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryGap
             * @function getTypeUrl
             * @memberof accord.v1.HistoryGap
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryGap.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryGap";
            };

            return HistoryGap;
        })();

        v1.HistoryPublications = (function() {

            /**
             * Properties of a HistoryPublications.
             * @typedef {Object} accord.v1.HistoryPublications.$Properties
             * @property {Array.<accord.v1.Publication.$Properties>|null} [publications] HistoryPublications publications
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryPublications.
             * @memberof accord.v1
             * @interface IHistoryPublications
             * @augments accord.v1.HistoryPublications.$Properties
             * @deprecated Use accord.v1.HistoryPublications.$Properties instead.
             */

            /**
             * Shape of a HistoryPublications.
             * @typedef {accord.v1.HistoryPublications.$Properties} accord.v1.HistoryPublications.$Shape
             */

            /**
             * Constructs a new HistoryPublications.
             * @memberof accord.v1
             * @classdesc Represents a HistoryPublications.
             * @constructor
             * @param {accord.v1.HistoryPublications.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryPublications = function (properties) {
                this.publications = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryPublications publications.
             * @member {Array.<accord.v1.Publication.$Properties>} publications
             * @memberof accord.v1.HistoryPublications
             * @instance
             */
            HistoryPublications.prototype.publications = $util.emptyArray;

            /**
             * Encodes the specified HistoryPublications message. Does not implicitly {@link accord.v1.HistoryPublications.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryPublications
             * @static
             * @param {accord.v1.HistoryPublications.$Properties} message HistoryPublications message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryPublications.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.publications != null && message.publications.length)
                    for (let i = 0; i < message.publications.length; ++i)
                        $root.accord.v1.Publication.encode(message.publications[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryPublications message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryPublications
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryPublications & accord.v1.HistoryPublications.$Shape} HistoryPublications
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryPublications.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryPublications();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.publications && message.publications.length))
                                message.publications = [];
                            message.publications.push($root.accord.v1.Publication.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryPublications message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryPublications
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryPublications} HistoryPublications
             */
            HistoryPublications.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryPublications)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryPublications: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryPublications();
                if (object.publications) {
                    if (!$Array.isArray(object.publications))
                        throw $TypeError(".accord.v1.HistoryPublications.publications: array expected");
                    message.publications = $Array(object.publications.length);
                    for (let i = 0; i < object.publications.length; ++i) {
                        if (!$util.isObject(object.publications[i]))
                            throw $TypeError(".accord.v1.HistoryPublications.publications: object expected");
                        message.publications[i] = $root.accord.v1.Publication.fromObject(object.publications[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a HistoryPublications message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryPublications
             * @static
             * @param {accord.v1.HistoryPublications} message HistoryPublications
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryPublications.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.publications = [];
                if (message.publications && message.publications.length) {
                    object.publications = $Array(message.publications.length);
                    for (let j = 0; j < message.publications.length; ++j)
                        object.publications[j] = $root.accord.v1.Publication.toObject(message.publications[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this HistoryPublications to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryPublications
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryPublications.prototype.toJSON = function() {
                return HistoryPublications.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryPublications
             * @function getTypeUrl
             * @memberof accord.v1.HistoryPublications
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryPublications.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryPublications";
            };

            return HistoryPublications;
        })();

        v1.Publication = (function() {

            /**
             * Properties of a Publication.
             * @typedef {Object} accord.v1.Publication.$Properties
             * @property {string|null} [anchor] Publication anchor
             * @property {string|null} [doc] Publication doc
             * @property {number|null} [epoch] Publication epoch
             * @property {number|null} [version] Publication version
             * @property {number|null} [revision] Publication revision
             * @property {number|null} [step] Publication step
             * @property {boolean|null} [deleted] Publication deleted
             * @property {string|null} [change] Publication change
             * @property {number|null} [atMs] Publication atMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Publication.
             * @memberof accord.v1
             * @interface IPublication
             * @augments accord.v1.Publication.$Properties
             * @deprecated Use accord.v1.Publication.$Properties instead.
             */

            /**
             * Shape of a Publication.
             * @typedef {accord.v1.Publication.$Properties} accord.v1.Publication.$Shape
             */

            /**
             * Constructs a new Publication.
             * @memberof accord.v1
             * @classdesc Represents a Publication.
             * @constructor
             * @param {accord.v1.Publication.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Publication = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Publication anchor.
             * @member {string} anchor
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.anchor = "";

            /**
             * Publication doc.
             * @member {string} doc
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.doc = "";

            /**
             * Publication epoch.
             * @member {number} epoch
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Publication version.
             * @member {number} version
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.version = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Publication revision.
             * @member {number} revision
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Publication step.
             * @member {number} step
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.step = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Publication deleted.
             * @member {boolean} deleted
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.deleted = false;

            /**
             * Publication change.
             * @member {string} change
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.change = "";

            /**
             * Publication atMs.
             * @member {number} atMs
             * @memberof accord.v1.Publication
             * @instance
             */
            Publication.prototype.atMs = 0;

            /**
             * Encodes the specified Publication message. Does not implicitly {@link accord.v1.Publication.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.Publication
             * @static
             * @param {accord.v1.Publication.$Properties} message Publication message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Publication.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor") && message.anchor !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.anchor);
                if (message.doc != null && $Object.hasOwnProperty.call(message, "doc") && message.doc !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.doc);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.epoch);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && (typeof message.version === "object" ? message.version.low || message.version.high : message.version !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.version);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.revision);
                if (message.step != null && $Object.hasOwnProperty.call(message, "step") && (typeof message.step === "object" ? message.step.low || message.step.high : message.step !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.step);
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted") && message.deleted !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.deleted);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change") && message.change !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.change);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && !$Object.is(message.atMs, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.atMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Publication message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.Publication
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.Publication & accord.v1.Publication.$Shape} Publication
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Publication.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.Publication();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.anchor = value;
                            else
                                delete message.anchor;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.doc = value;
                            else
                                delete message.doc;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.step = value;
                            else
                                delete message.step;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.deleted = value;
                            else
                                delete message.deleted;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.change = value;
                            else
                                delete message.change;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Publication message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.Publication
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.Publication} Publication
             */
            Publication.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.Publication)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.Publication: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.Publication();
                if (object.anchor != null)
                    if (typeof object.anchor !== "string" || object.anchor.length)
                        message.anchor = $String(object.anchor);
                if (object.doc != null)
                    if (typeof object.doc !== "string" || object.doc.length)
                        message.doc = $String(object.doc);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.version != null)
                    if (typeof object.version === "object" ? object.version.low || object.version.high : $Number(object.version) !== 0)
                        if ($util.Long)
                            message.version = $util.Long.fromValue(object.version, true);
                        else if (typeof object.version === "string")
                            message.version = $parseInt(object.version, 10);
                        else if (typeof object.version === "number")
                            message.version = object.version;
                        else if (typeof object.version === "object")
                            message.version = new $util.LongBits(object.version.low >>> 0, object.version.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                if (object.step != null)
                    if (typeof object.step === "object" ? object.step.low || object.step.high : $Number(object.step) !== 0)
                        if ($util.Long)
                            message.step = $util.Long.fromValue(object.step, true);
                        else if (typeof object.step === "string")
                            message.step = $parseInt(object.step, 10);
                        else if (typeof object.step === "number")
                            message.step = object.step;
                        else if (typeof object.step === "object")
                            message.step = new $util.LongBits(object.step.low >>> 0, object.step.high >>> 0).toNumber(true);
                if (object.deleted != null)
                    if (object.deleted)
                        message.deleted = $Boolean(object.deleted);
                if (object.change != null)
                    if (typeof object.change !== "string" || object.change.length)
                        message.change = $String(object.change);
                if (object.atMs != null)
                    if (!$Object.is($Number(object.atMs), 0))
                        message.atMs = $Number(object.atMs);
                return message;
            };

            /**
             * Creates a plain object from a Publication message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.Publication
             * @static
             * @param {accord.v1.Publication} message Publication
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Publication.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.anchor = "";
                    object.doc = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.version = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.version = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.step = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.step = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.deleted = false;
                    object.change = "";
                    object.atMs = 0;
                }
                if (message.anchor != null && $Object.hasOwnProperty.call(message, "anchor"))
                    object.anchor = message.anchor;
                if (message.doc != null && $Object.hasOwnProperty.call(message, "doc"))
                    object.doc = message.doc;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.version = typeof message.version === "number" ? $BigInt(message.version) : $util.Long.fromBits(message.version.low >>> 0, message.version.high >>> 0, true).toBigInt();
                    else if (typeof message.version === "number")
                        object.version = options.longs === $String ? $String(message.version) : message.version;
                    else
                        object.version = options.longs === $String ? $util.Long.prototype.toString.call(message.version) : options.longs === $Number ? new $util.LongBits(message.version.low >>> 0, message.version.high >>> 0).toNumber(true) : message.version;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                if (message.step != null && $Object.hasOwnProperty.call(message, "step"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.step = typeof message.step === "number" ? $BigInt(message.step) : $util.Long.fromBits(message.step.low >>> 0, message.step.high >>> 0, true).toBigInt();
                    else if (typeof message.step === "number")
                        object.step = options.longs === $String ? $String(message.step) : message.step;
                    else
                        object.step = options.longs === $String ? $util.Long.prototype.toString.call(message.step) : options.longs === $Number ? new $util.LongBits(message.step.low >>> 0, message.step.high >>> 0).toNumber(true) : message.step;
                if (message.deleted != null && $Object.hasOwnProperty.call(message, "deleted"))
                    object.deleted = message.deleted;
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = message.change;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    object.atMs = options.json && !$isFinite(message.atMs) ? $String(message.atMs) : message.atMs;
                return object;
            };

            /**
             * Converts this Publication to JSON.
             * @function toJSON
             * @memberof accord.v1.Publication
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Publication.prototype.toJSON = function() {
                return Publication.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Publication
             * @function getTypeUrl
             * @memberof accord.v1.Publication
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Publication.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.Publication";
            };

            return Publication;
        })();

        v1.HistoryPresence = (function() {

            /**
             * Properties of a HistoryPresence.
             * @typedef {Object} accord.v1.HistoryPresence.$Properties
             * @property {Array.<accord.v1.PresenceChange.$Properties>|null} [changes] HistoryPresence changes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryPresence.
             * @memberof accord.v1
             * @interface IHistoryPresence
             * @augments accord.v1.HistoryPresence.$Properties
             * @deprecated Use accord.v1.HistoryPresence.$Properties instead.
             */

            /**
             * Shape of a HistoryPresence.
             * @typedef {accord.v1.HistoryPresence.$Properties} accord.v1.HistoryPresence.$Shape
             */

            /**
             * Constructs a new HistoryPresence.
             * @memberof accord.v1
             * @classdesc Represents a HistoryPresence.
             * @constructor
             * @param {accord.v1.HistoryPresence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryPresence = function (properties) {
                this.changes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryPresence changes.
             * @member {Array.<accord.v1.PresenceChange.$Properties>} changes
             * @memberof accord.v1.HistoryPresence
             * @instance
             */
            HistoryPresence.prototype.changes = $util.emptyArray;

            /**
             * Encodes the specified HistoryPresence message. Does not implicitly {@link accord.v1.HistoryPresence.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryPresence
             * @static
             * @param {accord.v1.HistoryPresence.$Properties} message HistoryPresence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryPresence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        $root.accord.v1.PresenceChange.encode(message.changes[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryPresence message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryPresence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryPresence & accord.v1.HistoryPresence.$Shape} HistoryPresence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryPresence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryPresence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push($root.accord.v1.PresenceChange.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryPresence message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryPresence
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryPresence} HistoryPresence
             */
            HistoryPresence.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryPresence)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryPresence: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryPresence();
                if (object.changes) {
                    if (!$Array.isArray(object.changes))
                        throw $TypeError(".accord.v1.HistoryPresence.changes: array expected");
                    message.changes = $Array(object.changes.length);
                    for (let i = 0; i < object.changes.length; ++i) {
                        if (!$util.isObject(object.changes[i]))
                            throw $TypeError(".accord.v1.HistoryPresence.changes: object expected");
                        message.changes[i] = $root.accord.v1.PresenceChange.fromObject(object.changes[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a HistoryPresence message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryPresence
             * @static
             * @param {accord.v1.HistoryPresence} message HistoryPresence
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryPresence.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.changes = [];
                if (message.changes && message.changes.length) {
                    object.changes = $Array(message.changes.length);
                    for (let j = 0; j < message.changes.length; ++j)
                        object.changes[j] = $root.accord.v1.PresenceChange.toObject(message.changes[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this HistoryPresence to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryPresence
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryPresence.prototype.toJSON = function() {
                return HistoryPresence.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryPresence
             * @function getTypeUrl
             * @memberof accord.v1.HistoryPresence
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryPresence.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryPresence";
            };

            return HistoryPresence;
        })();

        v1.PresenceChange = (function() {

            /**
             * Properties of a PresenceChange.
             * @typedef {Object} accord.v1.PresenceChange.$Properties
             * @property {string|null} [cluster] PresenceChange cluster
             * @property {string|null} [state] PresenceChange state
             * @property {number|null} [atMs] PresenceChange atMs
             * @property {number|null} [sinceMs] PresenceChange sinceMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PresenceChange.
             * @memberof accord.v1
             * @interface IPresenceChange
             * @augments accord.v1.PresenceChange.$Properties
             * @deprecated Use accord.v1.PresenceChange.$Properties instead.
             */

            /**
             * Shape of a PresenceChange.
             * @typedef {accord.v1.PresenceChange.$Properties} accord.v1.PresenceChange.$Shape
             */

            /**
             * Constructs a new PresenceChange.
             * @memberof accord.v1
             * @classdesc Represents a PresenceChange.
             * @constructor
             * @param {accord.v1.PresenceChange.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PresenceChange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PresenceChange cluster.
             * @member {string} cluster
             * @memberof accord.v1.PresenceChange
             * @instance
             */
            PresenceChange.prototype.cluster = "";

            /**
             * PresenceChange state.
             * @member {string} state
             * @memberof accord.v1.PresenceChange
             * @instance
             */
            PresenceChange.prototype.state = "";

            /**
             * PresenceChange atMs.
             * @member {number} atMs
             * @memberof accord.v1.PresenceChange
             * @instance
             */
            PresenceChange.prototype.atMs = 0;

            /**
             * PresenceChange sinceMs.
             * @member {number} sinceMs
             * @memberof accord.v1.PresenceChange
             * @instance
             */
            PresenceChange.prototype.sinceMs = 0;

            /**
             * Encodes the specified PresenceChange message. Does not implicitly {@link accord.v1.PresenceChange.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.PresenceChange
             * @static
             * @param {accord.v1.PresenceChange.$Properties} message PresenceChange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PresenceChange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster") && message.cluster !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.cluster);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.state);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && !$Object.is(message.atMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.atMs);
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && !$Object.is(message.sinceMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.sinceMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PresenceChange message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.PresenceChange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.PresenceChange & accord.v1.PresenceChange.$Shape} PresenceChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PresenceChange.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.PresenceChange();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.cluster = value;
                            else
                                delete message.cluster;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sinceMs = value;
                            else
                                delete message.sinceMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PresenceChange message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.PresenceChange
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.PresenceChange} PresenceChange
             */
            PresenceChange.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.PresenceChange)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.PresenceChange: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.PresenceChange();
                if (object.cluster != null)
                    if (typeof object.cluster !== "string" || object.cluster.length)
                        message.cluster = $String(object.cluster);
                if (object.state != null)
                    if (typeof object.state !== "string" || object.state.length)
                        message.state = $String(object.state);
                if (object.atMs != null)
                    if (!$Object.is($Number(object.atMs), 0))
                        message.atMs = $Number(object.atMs);
                if (object.sinceMs != null)
                    if (!$Object.is($Number(object.sinceMs), 0))
                        message.sinceMs = $Number(object.sinceMs);
                return message;
            };

            /**
             * Creates a plain object from a PresenceChange message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.PresenceChange
             * @static
             * @param {accord.v1.PresenceChange} message PresenceChange
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PresenceChange.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.cluster = "";
                    object.state = "";
                    object.atMs = 0;
                    object.sinceMs = 0;
                }
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    object.cluster = message.cluster;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = message.state;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    object.atMs = options.json && !$isFinite(message.atMs) ? $String(message.atMs) : message.atMs;
                if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs"))
                    object.sinceMs = options.json && !$isFinite(message.sinceMs) ? $String(message.sinceMs) : message.sinceMs;
                return object;
            };

            /**
             * Converts this PresenceChange to JSON.
             * @function toJSON
             * @memberof accord.v1.PresenceChange
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PresenceChange.prototype.toJSON = function() {
                return PresenceChange.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for PresenceChange
             * @function getTypeUrl
             * @memberof accord.v1.PresenceChange
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PresenceChange.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.PresenceChange";
            };

            return PresenceChange;
        })();

        v1.HistoryAudit = (function() {

            /**
             * Properties of a HistoryAudit.
             * @typedef {Object} accord.v1.HistoryAudit.$Properties
             * @property {Array.<accord.v1.AuditEntry.$Properties>|null} [entries] HistoryAudit entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistoryAudit.
             * @memberof accord.v1
             * @interface IHistoryAudit
             * @augments accord.v1.HistoryAudit.$Properties
             * @deprecated Use accord.v1.HistoryAudit.$Properties instead.
             */

            /**
             * Shape of a HistoryAudit.
             * @typedef {accord.v1.HistoryAudit.$Properties} accord.v1.HistoryAudit.$Shape
             */

            /**
             * Constructs a new HistoryAudit.
             * @memberof accord.v1
             * @classdesc Represents a HistoryAudit.
             * @constructor
             * @param {accord.v1.HistoryAudit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistoryAudit = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistoryAudit entries.
             * @member {Array.<accord.v1.AuditEntry.$Properties>} entries
             * @memberof accord.v1.HistoryAudit
             * @instance
             */
            HistoryAudit.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified HistoryAudit message. Does not implicitly {@link accord.v1.HistoryAudit.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.HistoryAudit
             * @static
             * @param {accord.v1.HistoryAudit.$Properties} message HistoryAudit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistoryAudit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.accord.v1.AuditEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistoryAudit message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.HistoryAudit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.HistoryAudit & accord.v1.HistoryAudit.$Shape} HistoryAudit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistoryAudit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.HistoryAudit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.accord.v1.AuditEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HistoryAudit message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.HistoryAudit
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.HistoryAudit} HistoryAudit
             */
            HistoryAudit.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.HistoryAudit)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.HistoryAudit: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.HistoryAudit();
                if (object.entries) {
                    if (!$Array.isArray(object.entries))
                        throw $TypeError(".accord.v1.HistoryAudit.entries: array expected");
                    message.entries = $Array(object.entries.length);
                    for (let i = 0; i < object.entries.length; ++i) {
                        if (!$util.isObject(object.entries[i]))
                            throw $TypeError(".accord.v1.HistoryAudit.entries: object expected");
                        message.entries[i] = $root.accord.v1.AuditEntry.fromObject(object.entries[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a HistoryAudit message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.HistoryAudit
             * @static
             * @param {accord.v1.HistoryAudit} message HistoryAudit
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HistoryAudit.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.entries = [];
                if (message.entries && message.entries.length) {
                    object.entries = $Array(message.entries.length);
                    for (let j = 0; j < message.entries.length; ++j)
                        object.entries[j] = $root.accord.v1.AuditEntry.toObject(message.entries[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this HistoryAudit to JSON.
             * @function toJSON
             * @memberof accord.v1.HistoryAudit
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HistoryAudit.prototype.toJSON = function() {
                return HistoryAudit.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for HistoryAudit
             * @function getTypeUrl
             * @memberof accord.v1.HistoryAudit
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistoryAudit.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.HistoryAudit";
            };

            return HistoryAudit;
        })();

        v1.AuditEntry = (function() {

            /**
             * Properties of an AuditEntry.
             * @typedef {Object} accord.v1.AuditEntry.$Properties
             * @property {string|null} [actor] AuditEntry actor
             * @property {string|null} [action] AuditEntry action
             * @property {string|null} [object] AuditEntry object
             * @property {string|null} [change] AuditEntry change
             * @property {string|null} [reason] AuditEntry reason
             * @property {string|null} [source] AuditEntry source
             * @property {string|null} [result] AuditEntry result
             * @property {string|null} [detail] AuditEntry detail
             * @property {number|null} [atMs] AuditEntry atMs
             * @property {number|null} [count] AuditEntry count
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AuditEntry.
             * @memberof accord.v1
             * @interface IAuditEntry
             * @augments accord.v1.AuditEntry.$Properties
             * @deprecated Use accord.v1.AuditEntry.$Properties instead.
             */

            /**
             * Shape of an AuditEntry.
             * @typedef {accord.v1.AuditEntry.$Properties} accord.v1.AuditEntry.$Shape
             */

            /**
             * Constructs a new AuditEntry.
             * @memberof accord.v1
             * @classdesc Represents an AuditEntry.
             * @constructor
             * @param {accord.v1.AuditEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AuditEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AuditEntry actor.
             * @member {string} actor
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.actor = "";

            /**
             * AuditEntry action.
             * @member {string} action
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.action = "";

            /**
             * AuditEntry object.
             * @member {string} object
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.object = "";

            /**
             * AuditEntry change.
             * @member {string} change
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.change = "";

            /**
             * AuditEntry reason.
             * @member {string} reason
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.reason = "";

            /**
             * AuditEntry source.
             * @member {string} source
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.source = "";

            /**
             * AuditEntry result.
             * @member {string} result
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.result = "";

            /**
             * AuditEntry detail.
             * @member {string} detail
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.detail = "";

            /**
             * AuditEntry atMs.
             * @member {number} atMs
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.atMs = 0;

            /**
             * AuditEntry count.
             * @member {number} count
             * @memberof accord.v1.AuditEntry
             * @instance
             */
            AuditEntry.prototype.count = 0;

            /**
             * Encodes the specified AuditEntry message. Does not implicitly {@link accord.v1.AuditEntry.verify|verify} messages.
             * @function encode
             * @memberof accord.v1.AuditEntry
             * @static
             * @param {accord.v1.AuditEntry.$Properties} message AuditEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AuditEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.actor != null && $Object.hasOwnProperty.call(message, "actor") && message.actor !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.actor);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.action);
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.object);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change") && message.change !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.change);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.source);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.result);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.detail);
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs") && !$Object.is(message.atMs, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.atMs);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.count);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AuditEntry message from the specified reader or buffer.
             * @function decode
             * @memberof accord.v1.AuditEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {accord.v1.AuditEntry & accord.v1.AuditEntry.$Shape} AuditEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AuditEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.accord.v1.AuditEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.actor = value;
                            else
                                delete message.actor;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.change = value;
                            else
                                delete message.change;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.atMs = value;
                            else
                                delete message.atMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AuditEntry message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof accord.v1.AuditEntry
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {accord.v1.AuditEntry} AuditEntry
             */
            AuditEntry.fromObject = function (object, _depth) {
                if (object instanceof $root.accord.v1.AuditEntry)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".accord.v1.AuditEntry: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.accord.v1.AuditEntry();
                if (object.actor != null)
                    if (typeof object.actor !== "string" || object.actor.length)
                        message.actor = $String(object.actor);
                if (object.action != null)
                    if (typeof object.action !== "string" || object.action.length)
                        message.action = $String(object.action);
                if (object.object != null)
                    if (typeof object.object !== "string" || object.object.length)
                        message.object = $String(object.object);
                if (object.change != null)
                    if (typeof object.change !== "string" || object.change.length)
                        message.change = $String(object.change);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.source != null)
                    if (typeof object.source !== "string" || object.source.length)
                        message.source = $String(object.source);
                if (object.result != null)
                    if (typeof object.result !== "string" || object.result.length)
                        message.result = $String(object.result);
                if (object.detail != null)
                    if (typeof object.detail !== "string" || object.detail.length)
                        message.detail = $String(object.detail);
                if (object.atMs != null)
                    if (!$Object.is($Number(object.atMs), 0))
                        message.atMs = $Number(object.atMs);
                if (object.count != null)
                    if ($Number(object.count) !== 0)
                        message.count = object.count >>> 0;
                return message;
            };

            /**
             * Creates a plain object from an AuditEntry message. Also converts values to other types if specified.
             * @function toObject
             * @memberof accord.v1.AuditEntry
             * @static
             * @param {accord.v1.AuditEntry} message AuditEntry
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AuditEntry.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.actor = "";
                    object.action = "";
                    object.object = "";
                    object.change = "";
                    object.reason = "";
                    object.source = "";
                    object.result = "";
                    object.detail = "";
                    object.atMs = 0;
                    object.count = 0;
                }
                if (message.actor != null && $Object.hasOwnProperty.call(message, "actor"))
                    object.actor = message.actor;
                if (message.action != null && $Object.hasOwnProperty.call(message, "action"))
                    object.action = message.action;
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    object.object = message.object;
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = message.change;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                    object.source = message.source;
                if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
                    object.result = message.result;
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail"))
                    object.detail = message.detail;
                if (message.atMs != null && $Object.hasOwnProperty.call(message, "atMs"))
                    object.atMs = options.json && !$isFinite(message.atMs) ? $String(message.atMs) : message.atMs;
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    object.count = message.count;
                return object;
            };

            /**
             * Converts this AuditEntry to JSON.
             * @function toJSON
             * @memberof accord.v1.AuditEntry
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AuditEntry.prototype.toJSON = function() {
                return AuditEntry.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for AuditEntry
             * @function getTypeUrl
             * @memberof accord.v1.AuditEntry
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AuditEntry.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/accord.v1.AuditEntry";
            };

            return AuditEntry;
        })();

        return v1;
    })();

    return accord;
})();

export {
  $root as default
};
