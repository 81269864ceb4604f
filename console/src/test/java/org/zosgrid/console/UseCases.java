package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.ProvedEntry;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.model.Account;
import org.zosgrid.workloads.AddWebhook;
import org.zosgrid.workloads.AnswerOnce;
import org.zosgrid.workloads.ApproveChange;
import org.zosgrid.workloads.AuthenticateRequest;
import org.zosgrid.workloads.AuthenticateToken;
import org.zosgrid.workloads.BrowseImage;
import org.zosgrid.workloads.Caller;
import org.zosgrid.workloads.CarryTerminals;
import org.zosgrid.workloads.CheckModel;
import org.zosgrid.workloads.ExportAudit;
import org.zosgrid.workloads.FollowChanges;
import org.zosgrid.workloads.HandleDeadLetters;
import org.zosgrid.workloads.Identity;
import org.zosgrid.workloads.LogIn;
import org.zosgrid.workloads.ManageAccounts;
import org.zosgrid.workloads.MigrateInstances;
import org.zosgrid.workloads.PlanChange;
import org.zosgrid.workloads.ProvisionUsers;
import org.zosgrid.workloads.ReadLedger;
import org.zosgrid.workloads.ReadMachines;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.RejectChange;
import org.zosgrid.workloads.RemoveWebhook;
import org.zosgrid.workloads.RepairDrift;
import org.zosgrid.workloads.ReportHealth;
import org.zosgrid.workloads.ReportMetrics;
import org.zosgrid.workloads.ResolveImage;
import org.zosgrid.workloads.RetryStep;
import org.zosgrid.workloads.RotateTrustRoot;
import org.zosgrid.workloads.SearchLedger;
import org.zosgrid.workloads.ShowChanges;
import org.zosgrid.workloads.ShowIncidents;
import org.zosgrid.workloads.ShowModels;
import org.zosgrid.workloads.ShowNodes;
import org.zosgrid.workloads.ShowProcesses;
import org.zosgrid.workloads.ShowPromotions;
import org.zosgrid.workloads.ShowQuota;
import org.zosgrid.workloads.ShowSettings;
import org.zosgrid.workloads.ShowTrustRoots;
import org.zosgrid.workloads.ShowWebhooks;
import org.zosgrid.workloads.ShowWitnesses;
import org.zosgrid.workloads.SubmitChange;
import org.zosgrid.workloads.TellDemand;
import org.zosgrid.workloads.TestWebhook;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TryTable;
import org.zosgrid.workloads.UndoChange;
import org.zosgrid.workloads.WithdrawChange;
import org.zosgrid.workloads.scim.Listing;
import org.zosgrid.workloads.scim.Resource;
import org.zosgrid.workloads.scim.UserJson;
import org.zosgrid.workloads.view.AccountView;
import org.zosgrid.workloads.view.ChangeNews;
import org.zosgrid.workloads.view.ChangeQuery;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.DeadLetter;
import org.zosgrid.workloads.view.DemandView;
import org.zosgrid.workloads.view.DecisionQuery;
import org.zosgrid.workloads.view.GivenAnswer;
import org.zosgrid.workloads.health.DatabaseWatch;
import org.zosgrid.workloads.view.Health;
import org.zosgrid.workloads.view.ImageView;
import org.zosgrid.workloads.view.IncidentView;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.LoginView;
import org.zosgrid.workloads.view.MigratingInstance;
import org.zosgrid.workloads.view.ModelFinding;
import org.zosgrid.workloads.view.NodeView;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.PlanView;
import org.zosgrid.workloads.view.ProcessView;
import org.zosgrid.workloads.view.PromotionView;
import org.zosgrid.workloads.view.QuotaView;
import org.zosgrid.workloads.view.SettingView;
import org.zosgrid.workloads.view.TableTrial;
import org.zosgrid.workloads.view.TerminalView;
import org.zosgrid.workloads.view.TrustRootView;
import org.zosgrid.workloads.view.UsageView;
import org.zosgrid.workloads.view.WaitingChange;
import org.zosgrid.workloads.view.WebhookView;
import org.zosgrid.workloads.view.WitnessesView;

/** Use cases that write down how they were called and answer what a test prepared. Signatures are verified for real. */
final class UseCases {
    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    static final IncidentView INCIDENT = new IncidentView("shop:3:send:compute-1", "shop", 3, "deploy", "send", "Send contract", Optional.of("compute-1"), "away", NOON, "compute-1: no route to host", 2, Optional.empty());

    static final PlanView PLAN = new PlanView("shop", 2, List.of("version: must be 3"), List.of("change"), 2, List.of("bob", "carol"), List.of("2 people of approver"), new Demand(3, Set.of("security")), Optional.of(NOON),
            List.of(new PlanView.OnNode("compute-1", List.of("replace machine web"), new PlanView.Amount(500, 64), Optional.of(new PlanView.Amount(4000, 1024))),
                    new PlanView.OnNode("gateway-1", List.of(), new PlanView.Amount(0, 0), Optional.empty())));

    /** What is told after which position. */
    final Map<String, ChangeNews> news = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile ChangeView view = view("shop", 1, "approval", new byte[] {1});
    volatile Health health = new Health(List.of(new Health.Part("database", true, ""), new Health.Part("workflow engine", true, "")));
    /** Thrown by every use case while it is there. */
    volatile @Nullable RuntimeException failure;

    private final Map<KeyId, Caller> callers = new ConcurrentHashMap<>();
    private final Map<KeyId, VerificationKey> keys = new ConcurrentHashMap<>();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    UseCases person(String name, VerificationKey key) {
        callers.put(key.id(), new Caller(name, key.id()));
        keys.put(key.id(), key);
        return this;
    }

    /** Whether it hangs. */
    volatile boolean databaseHangs;

    final DatabaseWatch database = new DatabaseWatch() {
        @Override
        public boolean hangs() {
            return databaseHangs;
        }
    };

    final AuthenticateRequest authentication = new AuthenticateRequest() {
        @Override
        public Caller authenticate(Function<String, Optional<String>> header, String method, String pathAndQuery, byte[] body) {
            HttpSignature.Verified verified;
            try {
                verified = HttpSignature.verify(header, method, pathAndQuery, body, id -> Optional.ofNullable(keys.get(id)), Instant.now());
            } catch (ContractException unsigned) {
                throw new RefusedException(Kind.UNAUTHENTICATED, "The request is not signed as it must be", unsigned.faults());
            }
            if (!nonces.add(verified.nonce())) {
                throw new RefusedException(Kind.UNAUTHENTICATED, "The request was seen before", new Fault("Signature-Input", "must have a nonce of its own", verified.nonce()));
            }
            return callers.get(verified.keyId());
        }
    };

    final LogIn logins = new LogIn() {
        @Override
        public LoginView logIn(String organisation, String name, String password) {
            calls.add("log in " + organisation + " " + name + " " + password.length());
            return new LoginView("zos.default.x", name, List.of("reader"), NOON);
        }

        @Override
        public void logOut(String token) {
            calls.add("log out " + token);
        }
    };

    final ManageAccounts accounts = new ManageAccounts() {
        private final AccountView account = new AccountView("carla", "Carla", true, true, List.of("auditors"), NOON);

        @Override
        public List<AccountView> list(Identity caller, int from, int limit) {
            calls.add("users " + from + " " + limit);
            return List.of(account);
        }

        @Override
        public AccountView add(Identity caller, String name, String displayName, String password, Set<String> groups) {
            calls.add("add user " + caller.account() + " " + name + " " + groups);
            return account;
        }

        @Override
        public void remove(Identity caller, String name) {
            calls.add("remove user " + name);
        }
    };

    private final Map<String, TokenHolder> holders = new ConcurrentHashMap<>();

    UseCases token(String token, TokenHolder holder) {
        holders.put(token, holder);
        return this;
    }

    final AuthenticateToken tokens = new AuthenticateToken() {
        @Override
        public TokenHolder authenticate(String token) {
            return Optional.ofNullable(holders.get(token)).orElseThrow(() -> new RefusedException(Kind.UNAUTHENTICATED, "The token is not one for this server", new Fault("Authorization", "must be known", "a token")));
        }

        @Override
        public TokenHolder provisioner(String token) {
            return authenticate("provisioner:" + token);
        }
    };

    /** Whoever is said to be no provisioner is refused, as the real one does. */
    final ProvisionUsers provisionedUsers = new ProvisionUsers() {
        @Override
        public byte[] list(Identity caller, Listing wanted) {
            return called("scim users " + caller.account() + " '" + wanted.filter() + "' " + wanted.startIndex() + " " + wanted.count(), wanted.answer(1, List.of(ALICE.json())));
        }

        @Override
        public Resource read(Identity caller, String id) {
            return called("scim user " + id, ALICE);
        }

        @Override
        public Resource create(Identity caller, JsonNode body) {
            return called("scim create " + body, ALICE);
        }

        @Override
        public Resource patch(Identity caller, String id, String ifMatch, JsonNode body) {
            return called("scim patch " + id + " " + ifMatch + " " + body, ALICE);
        }

        @Override
        public void remove(Identity caller, String id, String ifMatch) {
            called("scim remove " + id + " " + ifMatch, id);
        }
    };

    static final Resource ALICE = UserJson.resource(new Account(new UUID(0, 1), "alice", Optional.of("E-1"), new Account.Profile("Alice", "Al", "Ice", "alice@example.org"), true, NOON, NOON), List.of());

    private final Map<String, GivenAnswer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    /** As the real one, with a map for the table. */
    final AnswerOnce once = new AnswerOnce() {
        @Override
        public GivenAnswer answer(Identity caller, String key, String digest, Supplier<GivenAnswer> work) {
            String name = caller.account() + " " + key;
            if (!digests.getOrDefault(name, digest).equals(digest)) {
                throw new RefusedException(Kind.CONFLICT, "This key was used for another request", new Fault("Idempotency-Key", "must be one that named no other request of the caller within a day", key));
            }
            GivenAnswer before = answers.get(name);
            if (before != null) {
                return before;
            }
            GivenAnswer given = work.get();
            if (given.status() < 400) {
                answers.put(name, given);
                digests.put(name, digest);
            }
            return given;
        }
    };

    final ReportMetrics metrics = new ReportMetrics() {
        @Override
        public String report(String token) {
            if (!token.equals("t0ken")) {
                throw new RefusedException(Kind.UNAUTHENTICATED, "The request has not the collector's token");
            }
            return called("metrics", "zos_ledger_entries 7\n");
        }
    };

    AbstractBinder binder() {
        return new AbstractBinder() {
            @Override
            protected void configure() {
                bind(logins).to(LogIn.class);
                bind(accounts).to(ManageAccounts.class);
                bind(new SubmitChange() {
                    @Override
                    public ChangeView submit(Caller caller, byte[] json, String payloadType, String idempotencyKey) {
                        return called("submit " + caller.person() + " " + payloadType + " " + idempotencyKey + " " + new String(json, StandardCharsets.UTF_8), view);
                    }
                }).to(SubmitChange.class);
                bind(new FollowChanges() {
                    @Override
                    public ChangeNews begin(Optional<String> position) {
                        return called("begin " + position, new ChangeNews(position.isPresent(), position.orElse("0-0"), List.of()));
                    }

                    @Override
                    public ChangeNews after(String position) {
                        return news.getOrDefault(position, new ChangeNews(true, position, List.of()));
                    }
                }).to(FollowChanges.class);
                bind(new EventStreams(Thread::new)).to(EventStreams.class);
                bind(new ShowChanges() {
                    @Override
                    public Page<WaitingChange> list(ChangeQuery wanted, String cursor, int limit) {
                        Page<WaitingChange> first = new Page<>(List.of(new WaitingChange(summary("blog", 3, "running"), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty())), Optional.of("b/1 +"));
                        String asked = wanted.part() + wanted.state() + wanted.waitsFor();
                        return called("list " + (asked.isEmpty() ? "" : wanted + " ") + "'" + cursor + "' " + limit, cursor.isEmpty() ? first : new Page<>(List.of(waiting()), Optional.empty()));
                    }

                    @Override
                    public Page<WaitingChange> waiting(String person, long after, int limit) {
                        return called("waiting '" + person + "' " + after + " " + limit, new Page<>(List.of(waiting()), Optional.of("17")));
                    }

                    private WaitingChange waiting() {
                        return new WaitingChange(view.summary(), List.of("bob"), List.of("carol"), List.of(new ChangeView.Deputy("bob", List.of("security"), NOON, false)), Optional.of(NOON), Optional.of(2));
                    }

                    @Override
                    public ChangeSummary newest(String name) {
                        return called("newest " + name, view.summary());
                    }

                    @Override
                    public ChangeView show(String name, long version) {
                        return called("show " + name + " " + version, view);
                    }
                }).to(ShowChanges.class);
                bind(new ApproveChange() {
                    @Override
                    public ChangeView approve(Caller caller, String name, long version, Signature signature) {
                        return called("approve " + caller.person() + " " + name + " " + version + " " + signature.keyId().hex() + " " + signature.bytes().length, view);
                    }
                }).to(ApproveChange.class);
                bind(new RejectChange() {
                    @Override
                    public ChangeView reject(Caller caller, String name, long version, String reason) {
                        return called("reject " + caller.person() + " " + name + " " + version + " " + reason, view);
                    }
                }).to(RejectChange.class);
                bind(new WithdrawChange() {
                    @Override
                    public ChangeView withdraw(Caller caller, String name, long version, String reason) {
                        return called("withdraw " + caller.person() + " " + name + " " + version + " " + reason, view);
                    }
                }).to(WithdrawChange.class);
                bind(new RepairDrift() {
                    @Override
                    public ChangeView repair(Caller caller, String name, long version, Optional<String> node) {
                        return called("repair " + caller.person() + " " + name + " " + version + node.map(each -> " " + each).orElse(""), view);
                    }
                }).to(RepairDrift.class);
                bind(new ReadMachines() {
                    @Override
                    public String logs(String name, String machine) {
                        return called("logs " + name + " " + machine, "GET /index.html → 200\n");
                    }

                    @Override
                    public UsageView usage(String name, String machine) {
                        return called("usage " + name + " " + machine,
                            new UsageView(Instant.parse("2026-11-25T12:00:00.250Z"), Duration.ofMillis(1500), Duration.ofMillis(20), 500, 7 << 20, 9 << 20, 64 << 20, 3, 4096, 8192));
                    }
                }).to(ReadMachines.class);
                bind(new CarryTerminals() {
                    @Override
                    public byte[] open(Caller caller, String name, String machine, byte[] envelope) {
                        return called("terminal " + caller.person() + " " + name + " " + machine, view.envelope());
                    }

                    @Override
                    public void type(String name, String machine, String session, List<byte[]> frames) {
                        called("type " + name + " " + machine + " " + session + " " + frames.stream().map(each -> each.length).toList(), "");
                    }

                    @Override
                    public TerminalView read(String name, String machine, String session, long from) {
                        return called("show " + name + " " + machine + " " + session + " " + from, new TerminalView(List.of(new byte[] {1, 2, 3}), false));
                    }

                    @Override
                    public void close(Caller caller, String name, String machine, String session) {
                        called("leave " + caller.person() + " " + name + " " + machine + " " + session, "");
                    }
                }).to(CarryTerminals.class);
                bind(new ExportAudit() {
                    @Override
                    public byte[] export(String name) {
                        return called("audit " + name, new AuditBundle(name, NOON, List.of(), "zos/ledger\n1\nroot\n\n— zos/ledger sig\n",
                                List.of(new ProvedEntry(3, new byte[] {7}, List.of(new byte[32]))), List.of(new byte[] {8}), List.of()).toJson());
                    }
                }).to(ExportAudit.class);
                bind(provisionedUsers).to(ProvisionUsers.class);
                bind(new ShowTrustRoots() {
                    @Override
                    public List<TrustRootView> chain() {
                        return called("trust roots", List.of(new TrustRootView(1, "d0", NOON, new byte[] {5}, Optional.empty(), Optional.empty(), Optional.empty(), List.of()), rotated()));
                    }

                    @Override
                    public TrustRootView current() {
                        return called("trust root", rotated());
                    }
                }).to(ShowTrustRoots.class);
                bind(new RotateTrustRoot() {
                    @Override
                    public TrustRootView rotate(Caller caller, byte[] json) {
                        return called("rotate " + caller.person() + " " + new String(json, StandardCharsets.UTF_8), rotated());
                    }
                }).to(RotateTrustRoot.class);
                bind(new ResolveImage() {
                    @Override
                    public String resolve(String reference) {
                        return called("resolve " + reference, reference + "@sha256:" + "ab".repeat(32));
                    }
                }).to(ResolveImage.class);
                bind(new PlanChange() {
                    @Override
                    public PlanView plan(byte[] document) {
                        return called("plan " + new String(document, StandardCharsets.UTF_8), PLAN);
                    }
                }).to(PlanChange.class);
                bind(new TellDemand() {
                    @Override
                    public DemandView of(String payloadType, byte[] payload) {
                        return called("demand " + payloadType + " " + new String(payload, StandardCharsets.UTF_8),
                                new DemandView(new Demand(3, Set.of("security")), List.of(new DemandView.OfTable("quorum", new Demand(3, Set.of())), new DemandView.OfTable("own", new Demand(1, Set.of("security"))))));
                    }
                }).to(TellDemand.class);
                bind(new CheckModel() {
                    @Override
                    public List<ModelFinding> check(Model.Language language, String file, String examples) {
                        return called("check " + language + " " + file + examples, List.of(new ModelFinding("seal", "Seal it", "quorum", "no quorum has approved", "collect approvals before it")));
                    }
                }).to(CheckModel.class);
                bind(new TryTable() {
                    @Override
                    public TableTrial ask(String file, TableTrial.Change change) {
                        return called("try " + file + " " + change, new TableTrial(List.of(), List.of("large"), OptionalInt.of(3), List.of("security"), 2));
                    }
                }).to(TryTable.class);
                bind(new ShowModels() {
                    @Override
                    public String templates() {
                        return called("templates", "[{\"id\":\"org.zosgrid.verify\"}]");
                    }

                    @Override
                    public Page<ChangeSummary> list(String cursor, int limit) {
                        return called("models '" + cursor + "' " + limit, new Page<>(List.of(new ChangeSummary("own", 2, "model", "in_force", "", "alice", NOON)), Optional.of("own")));
                    }

                    @Override
                    public Model show(String name, long version) {
                        return called("model " + name + " " + version, new Model(name, version, "alice", NOON, NOON, "why", Model.Language.BPMN, "<definitions/>", ""));
                    }
                }).to(ShowModels.class);
                bind(new MigrateInstances() {
                    @Override
                    public List<MigratingInstance> preview(String model, long from) {
                        return called("preview " + model + " " + from, List.of(new MigratingInstance("i1", "shop:2", List.of("approve"), List.of("there the change may be not approved"))));
                    }

                    @Override
                    public List<MigratingInstance> move(Caller caller, String model, long from, List<String> instances) {
                        return called("move " + caller.person() + " " + model + " " + from + " " + instances, List.of(new MigratingInstance("i1", "shop:2", List.of("approve"), List.of())));
                    }
                }).to(MigrateInstances.class);
                bind(new ShowIncidents() {
                    @Override
                    public List<IncidentView> list() {
                        return called("incidents", List.of(INCIDENT));
                    }

                    @Override
                    public IncidentView show(String id) {
                        return called("incident " + id, INCIDENT);
                    }
                }).to(ShowIncidents.class);
                bind(new RetryStep() {
                    @Override
                    public IncidentView retry(Caller caller, String id) {
                        return called("retry " + caller.person() + " " + id, INCIDENT);
                    }
                }).to(RetryStep.class);
                bind(new UndoChange() {
                    @Override
                    public ChangeView undo(Caller caller, String name, long version, String reason) {
                        return called("undo " + caller.person() + " " + name + " " + version + " " + reason, view);
                    }
                }).to(UndoChange.class);
                bind(new ReadLedger() {
                    @Override
                    public Page<LedgerLine> entries(long from, int limit) {
                        LedgerLine line = new LedgerLine(from, "sealed", "shop", 1, "d1", NOON, "by 2 people", new byte[] {7});
                        return called("entries " + from + " " + limit, new Page<>(List.of(line), Optional.of(Long.toString(from + 1))));
                    }

                    @Override
                    public String checkpoint() {
                        return called("checkpoint", "zos/ledger\n1\nroot\n\n— zos/ledger sig\n");
                    }

                    @Override
                    public byte[] tile(String path) {
                        return called("tile " + path, new byte[] {7});
                    }

                    @Override
                    public String proof(long index) {
                        return called("proof " + index, "c2sp.org/tlog-proof@v1\n");
                    }
                }).to(ReadLedger.class);
                bind(new SearchLedger() {
                    @Override
                    public Page<LedgerLine> search(DecisionQuery search, long below, int limit) {
                        return called("search " + search.kind() + " " + search.name() + " " + search.words() + " " + search.since() + " " + search.until() + " " + below + " " + limit,
                                new Page<>(List.of(new LedgerLine(4, "sealed", "shop", 1, "d1", NOON, "by 2 people", new byte[] {7})), Optional.of("4")));
                    }
                }).to(SearchLedger.class);
                bind(new ShowWitnesses() {
                    @Override
                    public WitnessesView show() {
                        return called("witnesses", new WitnessesView(9, Optional.of(8L), 1, List.of(new WitnessesView.Witness("compute-1", true, 7))));
                    }
                }).to(ShowWitnesses.class);
                bind(new ShowNodes() {
                    @Override
                    public List<NodeView> list() {
                        return called("nodes", List.of(Pages.NODE, Pages.SILENT_NODE));
                    }

                    @Override
                    public NodeView.Detail show(String name) {
                        return called("node " + name, Pages.NODE_DETAIL);
                    }
                }).to(ShowNodes.class);
                bind(new BrowseImage() {
                    @Override
                    public ImageView signed(String reference) {
                        return called("signed " + reference, Pages.IMAGE);
                    }

                    @Override
                    public Page<ImageView.File> directory(String fingerprint, String path, String after, int limit) {
                        return called("directory " + fingerprint + " '" + path + "' '" + after + "' " + limit, new Page<>(List.of(Pages.FILE), Optional.of("motd")));
                    }

                    @Override
                    public ImageView.Comparison compare(String before, String after, int limit) {
                        return called("compare " + before + " " + after + " " + limit, Pages.COMPARISON);
                    }
                }).to(BrowseImage.class);
                bind(new ShowPromotions() {
                    @Override
                    public Page<PromotionView> list(String reference, String cursor, int limit) {
                        return called("promotions '" + reference + "' '" + cursor + "' " + limit, new Page<>(List.of(Pages.PROMOTION), Optional.empty()));
                    }
                }).to(ShowPromotions.class);
                bind(new ShowProcesses() {
                    @Override
                    public ProcessView.Track track(String name, long version) {
                        return called("track " + name + " " + version, new ProcessView.Track("deploy", 2, List.of("verify"), List.of("approve"), List.of()));
                    }

                    @Override
                    public List<ProcessView> list() {
                        return called("processes", Pages.PROCESSES);
                    }

                    @Override
                    public byte[] model(String kind, String key, int version) {
                        return called("model " + kind + " " + key + " " + version, "<definitions/>".getBytes(StandardCharsets.UTF_8));
                    }

                    @Override
                    public ProcessView.Statistics statistics(String key, int version, Instant since) {
                        return called("statistics " + key + " " + version + " " + since, Pages.STATISTICS);
                    }

                    @Override
                    public Page<ProcessView.Instance> instances(String key, int version, int from, int limit) {
                        return called("instances " + key + " " + version + " " + from + " " + limit, Pages.INSTANCES);
                    }
                }).to(ShowProcesses.class);
                bind(new ShowQuota() {
                    @Override
                    public QuotaView show() {
                        return called("quota", new QuotaView("acme", new QuotaView.Line(2, Optional.of(20L)), new QuotaView.Line(500, Optional.empty()), new QuotaView.Line(64, Optional.of(128L))));
                    }
                }).to(ShowQuota.class);
                bind(new ShowSettings() {
                    @Override
                    public List<SettingView> list(Identity caller) {
                        return called("settings " + caller.account(), List.of(new SettingView("zos.http.port", "8080", "zos.properties", "port", "where it listens")));
                    }
                }).to(ShowSettings.class);
                bind(new AddWebhook() {
                    @Override
                    public WebhookView add(Identity caller, Optional<String> name, String url, List<String> types, Optional<String> secretFile) {
                        return called("add webhook " + caller.account() + name.map(each -> " " + each).orElse("") + " " + url + " " + types + " " + secretFile.orElse("-"), webhook(Optional.of("whsec_c2VjcmV0")));
                    }
                }).to(AddWebhook.class);
                bind(new ShowWebhooks() {
                    @Override
                    public List<WebhookView> list(Identity caller) {
                        return called("webhooks " + caller.account(), List.of(webhook(Optional.empty())));
                    }

                    @Override
                    public WebhookView show(Identity caller, long id) {
                        return called("webhook " + caller.account() + " " + id, webhook(Optional.empty()));
                    }

                    @Override
                    public Page<DeadLetter> deadLetters(Identity caller, String cursor, int limit) {
                        return called("dead letters " + caller.account() + " '" + cursor + "' " + limit,
                                new Page<>(List.of(new DeadLetter(3, 7, "shop", 12, "answered 500", NOON)), Optional.of("3.7")));
                    }
                }).to(ShowWebhooks.class);
                bind(new RemoveWebhook() {
                    @Override
                    public void remove(Identity caller, long id) {
                        called("remove webhook " + caller.account() + " " + id, id);
                    }
                }).to(RemoveWebhook.class);
                bind(new TestWebhook() {
                    @Override
                    public Optional<String> test(Identity caller, long id) {
                        return called("test webhook " + caller.account() + " " + id, Optional.of("answered 503"));
                    }
                }).to(TestWebhook.class);
                bind(new HandleDeadLetters() {
                    @Override
                    public void retry(Identity caller, long webhook, long index) {
                        called("retry " + caller.account() + " " + webhook + " " + index, index);
                    }

                    @Override
                    public void drop(Identity caller, long webhook, long index) {
                        called("drop " + caller.account() + " " + webhook + " " + index, index);
                    }
                }).to(HandleDeadLetters.class);
                bind(new ReportHealth() {
                    @Override
                    public Health health() {
                        return called("health", health);
                    }
                }).to(ReportHealth.class);
            }
        };
    }

    private static WebhookView webhook(Optional<String> secret) {
        return new WebhookView(3, Optional.of("erp"), "https://hooks.example.org/zos", List.of("org.zosgrid.change.sealed"), secret, Optional.empty(), "dave", NOON, 2, 1);
    }

    private static TrustRootView rotated() {
        return new TrustRootView(2, "d2", NOON, new byte[] {6}, Optional.of(9L), Optional.of("bob"), Optional.of(NOON),
                List.of(new TrustRootView.Node("compute-1", "in-force", ""), new TrustRootView.Node("gateway-1", "waiting", "")));
    }

    private <T> T called(String how, T answer) {
        calls.add(how);
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return answer;
    }

    static ChangeSummary summary(String name, long version, String state) {
        return new ChangeSummary(name, version, "deployment", state, "", "alice", NOON);
    }

    /** A version before approval has opened, about which nothing was said yet. */
    static ChangeView view(String name, long version, String state, byte[] envelope) {
        return new ChangeView(summary(name, version, state), "d1", NOON.plusSeconds(3600), Optional.empty(), Optional.empty(), envelope, List.of(), Optional.empty(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** A version with something in every field. */
    static ChangeView full(byte[] envelope, Signature approval) {
        return new ChangeView(new ChangeSummary("shop", 1, "deployment", "running", "all is well", "alice", NOON), "d1", NOON.plusSeconds(3600),
                Optional.of(NOON.plusSeconds(600)), Optional.of(new ChangeView.Escalation(NOON, List.of("alice", "bob"))), envelope, List.of("Wait for receipts"), Optional.of(2), List.of("carol", "dave"),
                List.of(new ChangeView.Deputy("dave", List.of("operations"), NOON.plusSeconds(1800), false)), List.of("1 more of operations"),
                List.of(new ChangeView.Approved("bob", approval.keyId().hex(), approval.bytes(), NOON)),
                List.of(new ChangeView.Rejected("dave", "not today", NOON)),
                List.of(new ChangeView.Workload("web", "compute-1", "running", "fd00::1", "up")),
                List.of(new ChangeView.Route("front", "gateway-1", "shop.example", true)),
                List.of(new ChangeView.Received("compute-1", 4, "accepted", "", "version 1", NOON)),
                List.of(new ChangeView.Event(NOON, "submitted", "alice", "first")));
    }
}
