package org.zosgrid.workloads.step;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.bpmn.Verification;
import org.zosgrid.connector.flist.ImageConnection;
import org.zosgrid.connector.flist.ImageConnectionFactory;
import org.zosgrid.connector.flist.ImageException;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.Incidents;
import org.zosgrid.workloads.emergency.EmergencyChanges;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.organisation.HeldByDeployments;
import org.zosgrid.workloads.organisation.QuotaOfOrganisation;
import org.zosgrid.workloads.trust.Trust;

/** Checks early what every node will check again, and what no node can know: whether another deployment has the host name already. */
@ApplicationScoped
public class ChangeVerification implements Verification {
    @Resource(lookup = "zos/images")
    private ImageConnectionFactory images;

    @Inject private Changes changes;
    @Inject private Trust trust;
    @Inject private ModelsInForce models;
    @Inject private Incidents incidents;
    @Inject private NodesThatComeAndGo nodesThatCome;
    @Inject private ImagePromotions promotions;
    @Inject private QuotaOfOrganisation quota;
    @Inject private HeldByDeployments held;
    @Inject private EmergencyChanges emergencies;

    @Override
    public void verify(long id) {
        Change change = changes.get(id);
        ChangeDocument document = Documents.document(change);
        List<Fault> faults = new ArrayList<>();
        if (!Instant.now().isBefore(document.expires())) {
            faults.add(new Fault("expires", "lies in the past", document.expires().toString()));
        }
        if (!trust.root().people(TrustRoot.REQUESTER, Documents.envelope(change).verifiedBy(trust.root()::key)).contains(document.requester())) {
            faults.add(new Fault("signatures", "must hold a valid one by the requester", document.requester()));
        }
        switch (document) {
            case Deployment deployment -> {
                if (faults.isEmpty()) {
                    faults.addAll(faults(deployment));
                }
            }
            case Pause pause -> {}
            case Resume resume -> faults.addAll(promotions.faults(resume));
            case Decommission removal -> {}
            case Model model -> faults.addAll(models.faults(model));
            case EmergencyReview review -> faults.addAll(emergencies.faults(review));
            case Skip skip -> incidents.fault(skip).ifPresent(faults::add);
            case ImagePromotion promotion -> {
                faults.addAll(promotions.faults(promotion));
                if (faults.isEmpty() && !promotion.isRevocation()) {
                    image("image", promotion.image(), faults);
                }
            }
            case NodeAdmission admission -> faults.addAll(nodesThatCome.faults(admission));
            case NodeRetirement retirement -> faults.addAll(nodesThatCome.faults(retirement));
        }
        if (!faults.isEmpty()) {
            throw new InvalidChangeException(String.valueOf(new ContractException(faults).getMessage()));
        }
    }

    /**
     * What is wrong with a deployment, apart from its signatures and its age.
     *
     * @throws UnavailableException if the hub cannot be asked for its images
     */
    public List<Fault> faults(Deployment deployment) {
        List<Fault> faults = new ArrayList<>();
        models.workflowFault(deployment).ifPresent(faults::add);
        faults.addAll(nodesThatCome.faults(deployment));
        nodes(deployment, faults);
        hosts(deployment, faults);
        faults.addAll(quota.faults(deployment));
        faults.addAll(promotions.faults(deployment));
        faults.addAll(emergencies.faults(deployment));
        if (faults.isEmpty()) {
            images(deployment, faults);
        }
        return faults;
    }

    private void nodes(Deployment deployment, List<Fault> faults) {
        int index = 0;
        for (Machine machine : deployment.machines()) {
            node("machines[" + index++ + "].node", machine.node(), "compute", faults);
        }
        index = 0;
        for (GatewayRoute route : deployment.gateways()) {
            node("gateways[" + index++ + "].node", route.node(), "gateway", faults);
        }
    }

    private void node(String field, String name, String capability, List<Fault> faults) {
        var nodes = trust.root().nodes();
        if (!nodes.containsKey(name) || !nodes.get(name).capabilities().contains(capability)) {
            String known = nodes.entrySet().stream().filter(each -> each.getValue().capabilities().contains(capability)).map(java.util.Map.Entry::getKey)
                    .collect(Collectors.joining(", "));
            faults.add(new Fault(field, "must be a node for " + capability + " in the trust root; there are " + known, name));
        }
    }

    private void hosts(Deployment deployment, List<Fault> faults) {
        Set<String> taken = held.hostsOfOthers(deployment);
        int index = 0;
        for (GatewayRoute route : deployment.gateways()) {
            if (taken.contains(route.host())) {
                faults.add(new Fault("gateways[" + index + "].host", "is the host of another deployment already", route.host()));
            }
            index++;
        }
    }

    private void image(String field, ImageReference image, List<Fault> faults) {
        try (ImageConnection hub = images.getConnection(CurrentOrganisation.name())) {
            hub.verify(image.repository(), image.tag(), image.fingerprint().orElseThrow());
        } catch (ImageException refused) {
            faults.add(new Fault(field, String.valueOf(refused.getMessage()), image.toString()));
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private void images(Deployment deployment, List<Fault> faults) {
        try (ImageConnection hub = images.getConnection(CurrentOrganisation.name())) {
            int index = 0;
            for (Machine machine : deployment.machines()) {
                String field = "machines[" + index++ + "].image";
                ImageReference image = machine.image();
                if (image.fingerprint().isEmpty()) {
                    faults.add(new Fault(field, "must be pinned to a fingerprint", image.toString()));
                    continue;
                }
                try {
                    hub.verify(image.repository(), image.tag(), image.fingerprint().get());
                } catch (ImageException refused) {
                    faults.add(new Fault(field, String.valueOf(refused.getMessage()), image.toString()));
                }
            }
        } catch (ResourceException away) {
            throw new UnavailableException(String.valueOf(away.getMessage()));
        }
    }
}
